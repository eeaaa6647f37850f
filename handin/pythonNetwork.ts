// problem1.py for a network out of a file: its section on the network is written from the layers, all else stays.
import type { Layer } from '../src/compute/networks/layers.ts';

const section = /# %% The network[\s\S]*?(?=\n\n@jax\.jit\ndef predict)/;

const functions = `def convolution(images, kernel, strides, padding):
    dimensions = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(images, kernel, strides, padding, dimension_numbers=dimensions)


def pool(maps, start, function, window, strides, padding):
    return lax.reduce_window(maps, start, function, (1, *window, 1), (1, *strides, 1), padding)


def max_pool(maps, *window):
    return pool(maps, -jnp.inf, lax.max, *window)


def average_pool(maps, *window):
    """The mean of each window over what lies inside the image."""
    return pool(maps, 0.0, lax.add, *window) / pool(jnp.ones_like(maps), 0.0, lax.add, *window)`;

/**
 * The script with an imported network in it.
 *
 * @param script text of problem1.py
 * @param file name of the file that the network came from
 * @throws if the script has no section on the network or no list of layers
 */
export function withPythonNetwork(script: string, layers: readonly Layer[], file: string): string {
  const text = `# %% The network, from the file ${file.replace(/[^\w .-]/g, '_')}
${functions}


def logits(weights, images):
    """The network's output z before the softmax, [count, 10], for images [count, 28, 28, 1]."""
    x = images
${layers.map((layer) => `    x = ${expression(layer)}`).join('\n')}
    return x
`;
  const weighted = layers.filter(({ kind }) => kind === 'conv' || kind === 'dense');
  const replacements: [RegExp, string][] = [
    [section, text],
    [/^LAYERS = \(.*\)$/m, `LAYERS = (${weighted.map(({ name }) => `"${name}"`).join(', ')},)`],
    [/for a convolutional network/, 'for an imported network'],
  ];
  return replacements.reduce((whole, [found, by]) => {
    if (!found.test(whole)) throw new Error(`problem1.py has nothing like ${found.source}; expected it once`);
    return whole.replace(found, () => by);
  }, script);
}

function expression(layer: Layer): string {
  const weight = (part: string) => `weights["${layer.name}/${part}"]`;
  switch (layer.kind) {
    case 'conv':
      return `convolution(x, ${weight('kernel')}, (${layer.strides.join(', ')}), "${layer.padding.toUpperCase()}") + ${weight('bias')}`;
    case 'dense':
      return `x @ ${weight('kernel')} + ${weight('bias')}`;
    case 'maxPool':
    case 'averagePool': {
      const name = layer.kind === 'maxPool' ? 'max_pool' : 'average_pool';
      return `${name}(x, (${layer.size.join(', ')}), (${layer.strides.join(', ')}), "${layer.padding.toUpperCase()}")`;
    }
    case 'relu':
      return 'jax.nn.relu(x)';
    case 'tanh':
      return 'jnp.tanh(x)';
    case 'sigmoid':
      return 'jax.nn.sigmoid(x)';
    case 'flatten':
      return 'x.reshape(len(x), -1)';
    case 'scale':
      return `x * ${layer.factor} + ${layer.offset}`;
  }
}
