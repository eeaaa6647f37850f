import { expect, test, vi } from 'vitest';
import { fixtures } from '../../figures/fixtures.ts';
import { attackProps, curveProps } from './widgetProps.ts';

let delay = 30;

// A disk that answers later requests first.
vi.mock('node:fs/promises', () => ({
  readFile: async () => {
    await new Promise((resolve) => setTimeout(resolve, (delay -= 10)));
    return Buffer.from('weights');
  },
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

test('an example whose stored signs do not lead to its stored x* is refused', async () => {
  const names = { name: 'q1', anchor: 'figure-1', tableId: 'table-1' };
  const { perturbed } = fixtures['fgsm-example'].path[0]!;
  await expect(attackProps('fgsm-example', names)).resolves.toMatchObject({ name: 'q1' });
  perturbed[100] = 0.5;
  await expect(attackProps('fgsm-example', names)).rejects.toThrow(
    /^step 1, pixel 100: the stored signs lead to .*, the result says 0\.5$/,
  );
});
