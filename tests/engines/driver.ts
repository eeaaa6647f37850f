// What the tests ask of a browser, whichever engine it has.

/** A device of WebDriver's actions, which WebDriver BiDi shares. https://www.w3.org/TR/webdriver2/#actions */
export type InputSource =
  | { type: 'pointer'; id: string; actions: PointerAction[] }
  | { type: 'key'; id: string; actions: KeyAction[] };

type PointerAction =
  | { type: 'pointerMove'; x: number; y: number; duration?: number }
  | { type: 'pointerDown' | 'pointerUp'; button: number };

interface KeyAction {
  type: 'keyDown' | 'keyUp';
  value: string;
}

/** A browser with a fresh profile and one page in it. */
export interface Driver {
  /** Name and version as the browser tells them. */
  version: string;
  /** Opens an address and waits until it is loaded. */
  open: (url: string) => Promise<void>;
  /** Runs a function in the page; arguments and result travel as JSON. */
  evaluate: <A extends unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A) => Promise<R>;
  perform: (sources: InputSource[]) => Promise<void>;
  /** The open page as PDF. */
  print: () => Promise<Buffer>;
  /** Opens addresses anew and returns the errors and warnings that the browser writes to the console meanwhile. */
  consoleOf: (urls: string[]) => Promise<string[]>;
  close: () => Promise<void>;
}

/** Resolves with the promise, or rejects with `what` if that takes longer. */
export async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: nothing within ${milliseconds / 1000} s`));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
