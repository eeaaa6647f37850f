import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everyKind } from '../src/compute/testing/networks.ts';
import { withPythonNetwork } from './pythonNetwork.ts';

const script = readFileSync(new URL('problem1.py', import.meta.url), 'utf8');

it('withPythonNetwork(script, layers, file) has a line for each layer, in the order of the weights', () => {
  const text = withPythonNetwork(script, everyKind.layers, 'net".onnx');
  expect(text).toContain('# %% The network, from the file net_.onnx\n');
  expect(text).toContain('LAYERS = ("conv1", "conv2", "dense1", "dense2",)');
  const lines = /x = images\n([\s\S]*?)\n {4}return x/.exec(text)![1]!.split('\n');
  expect(lines).toHaveLength(everyKind.layers.length);
  expect(lines[0]).toBe('    x = x * 3.25 + -0.42');
  expect(lines[3]).toBe('    x = max_pool(x, (2, 2), (2, 2), "VALID")');
  // All that follows the network is the script's own.
  const rest = (whole: string) =>
    whole.slice(whole.indexOf('@jax.jit\ndef predict')).replace(/^LAYERS.*$/m, '');
  expect(rest(text)).toBe(rest(script));
});

it('withPythonNetwork(script, layers, file) throws where the script has no place for it', () => {
  expect(() => withPythonNetwork('print(1)', everyKind.layers, 'net.onnx')).toThrow(
    'problem1.py has nothing like',
  );
});
