/** Lets the header's button switch the theme and remember it; until then the system's choice holds, also when it changes. */
export function themeButton(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  document.querySelector('[data-theme-button]')?.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    root.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Without storage the choice lasts for this page.
    }
  });
  dark.addEventListener('change', () => {
    if (!remembered()) root.dataset.theme = dark.matches ? 'dark' : 'light';
  });
}

function remembered(): boolean {
  try {
    return localStorage.getItem('theme') !== null;
  } catch {
    return false;
  }
}
