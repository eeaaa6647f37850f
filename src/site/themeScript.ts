/**
 * Runs in the head, before the first paint: marks that scripts run, and sets `data-theme` to the remembered theme or
 * else to the system's. A string, because the content security policy holds its hash.
 */
export const themeScript = `(()=>{const d=document.documentElement;let t;try{t=localStorage.getItem("theme")}catch{}d.dataset.js="";d.dataset.theme=t==="dark"||t==="light"?t:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"})()`;
