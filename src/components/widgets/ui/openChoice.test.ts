import { expect, it, vi } from 'vitest';
import { openChoice } from './openChoice.ts';
import type { LabProps } from './widgetProps.ts';

vi.mock('./connectEngine.ts', () => ({}));

it.each(['nobody', 'constructor'])(
  'openChoice({ address: %o }) says that there is no such network',
  async (address) => {
    const page = { networks: {} } as LabProps;
    const options = { signal: new AbortController().signal, tell: () => undefined };
    await expect(openChoice({ address }, page, options)).rejects.toThrow(
      `This page has no network called ${address}.`,
    );
  },
);
