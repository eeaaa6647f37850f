/** Says in a widget whose script cannot be loaded why it has no controls, and what to do. */
export function failedWidgets(): void {
  addEventListener('astro:hydration-error', ({ target }) => {
    const details = (target as Element).querySelector('.status-line .details');
    if (details)
      details.textContent = 'The script of this figure could not be loaded: reload the page to run it here.';
  });
}
