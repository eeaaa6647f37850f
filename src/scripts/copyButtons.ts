/** Lets each `data-copy` button copy the text of the element it names, and say "Copied" for 1.5 s. */
export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const label = button.textContent;
    let timer = 0;
    button.addEventListener('click', () => {
      const source = document.getElementById(button.dataset.copy ?? '');
      void navigator.clipboard.writeText(source?.textContent ?? '').then(
        () => say('Copied'),
        () => say('Not allowed'),
      );
    });
    const say = (text: string) => {
      button.textContent = text;
      clearTimeout(timer);
      timer = window.setTimeout(() => (button.textContent = label), 1500);
    };
  }
}
