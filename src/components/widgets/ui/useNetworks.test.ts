import { expect, it, vi } from 'vitest';
import { networkToOpen } from './useNetworks.ts';

vi.mock('./connectEngine.ts', () => ({}));

it.each(['nobody', 'constructor'])(
  'networkToOpen({ address: %o }, networks) says that there is no such network',
  (address) =>
    expect(networkToOpen({ address }, {}, () => undefined)).rejects.toThrow(
      `This page has no network called ${address}.`,
    ),
);
