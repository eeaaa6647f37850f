// The script and the style that stand in a page's head themselves. Strings, because the content security policy holds their
// hashes.

/**
 * Runs before the first paint: marks that scripts run, and sets `data-theme` to the remembered theme or else to the
 * system's.
 */
export const themeScript = `(()=>{const d=document.documentElement;let t;try{t=localStorage.getItem("theme")}catch{}d.dataset.js="";d.dataset.theme=t==="dark"||t==="light"?t:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"})()`;

/** The rule that prints title and build at the foot of each sheet. */
export function printFooter(name: string, build: string): string {
  return `@page{@bottom-left{content:${JSON.stringify(`${name}, build ${build}`)};font:9pt "Source Sans 3",sans-serif;color:#666}}`;
}
