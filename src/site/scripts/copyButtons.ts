/** Lets each `data-copy` button copy the text of the element it names, and say "Copied" for 1.5 s. */
export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const word = button.querySelector('span') ?? button;
    const label = word.textContent;
    let timer = 0;
    const say = (text: string) => {
      word.textContent = text;
      clearTimeout(timer);
      timer = window.setTimeout(() => (word.textContent = label), 1500);
    };
    button.addEventListener('click', () => {
      const text = document.getElementById(button.dataset.copy ?? '')?.textContent ?? '';
      void copy(`${text.trim()}\n`).then(
        () => say('Copied'),
        () => say('Not allowed'),
      );
    });
  }
}

/** Copies a text. Rejects where there is no clipboard, as on http, and where it is forbidden. */
async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
