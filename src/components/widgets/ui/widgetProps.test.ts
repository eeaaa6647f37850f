import { expect, test, vi } from 'vitest';
import { fixtures } from '../../figures/fixtures.ts';
import { curveProps } from './widgetProps.ts';

let delay = 30;

// A disk that answers later requests first.
vi.mock('node:fs/promises', () => ({
  readFile: async () => {
    await new Promise((resolve) => setTimeout(resolve, (delay -= 10)));
    return Buffer.from('weights');
  },
}));
vi.mock('../../../compute/experiments/publishedNetwork.ts', () => ({
  publishedNetwork: () => Promise.resolve({ layers: [], origin: { kind: 'trained' } }),
}));
vi.mock('../../../compute/results/readResult.ts', () => ({
  readResult: (name: keyof typeof fixtures) => Promise.resolve(fixtures[name]),
}));

test('props come in the order in which they were asked for, for islands are numbered as they come', async () => {
  const order: string[] = [];
  const ask = async (name: string): Promise<void> => {
    await curveProps('fgsm-curve', { name, widget: { name: 'q1', anchor: 'figure-1' } });
    order.push(name);
  };
  await Promise.all(['q1', 'q2', 'q3'].map(ask));
  expect(order).toEqual(['q1', 'q2', 'q3']);
});
