"""A stax convnet with max pooling, written by save_network.py.    pip install jax numpy"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
from common import ROOT, SAMPLES, batches, mnist, write_expected
from jax.example_libraries import optimizers, stax

sys.path.insert(0, str(ROOT / "handin"))
import save_network as net

jax.config.update("jax_enable_x64", True)

init, logits = stax.serial(
    stax.Conv(8, (5, 5), (2, 2), padding="SAME"),
    stax.Relu,
    stax.MaxPool((2, 2)),
    stax.Conv(12, (4, 4), (2, 2), padding="VALID"),
    stax.Relu,
    stax.MaxPool((2, 2)),
    stax.Flatten,
    stax.Dense(32),
    stax.Relu,
    stax.Dense(10),
)
layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2)), net.conv((2, 2)), net.relu, net.max_pool((2, 2))]
layers += [net.flatten, net.dense, net.relu, net.dense]


def loss(params, images, labels):
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits(params, images)), labels[:, None], axis=1))


def margin(params, images, labels):
    z, truth = logits(params, images), jax.nn.one_hot(labels, 10)
    return jnp.sum(jax.nn.logsumexp(z, axis=1, b=1 - truth) - jnp.sum(z * truth, axis=1))


images, labels = mnist("train", 20_000)
images = images.astype(np.float32)
params = jax.tree.map(lambda array: array.astype(jnp.float32), init(jax.random.key(0), (-1, 28, 28, 1))[1])
start, update, current = optimizers.adam(2e-3)
state = start(params)
step = jax.jit(lambda i, state, x, y: update(i, jax.grad(loss)(current(state), x, y), state))
for i, places in enumerate(batches(len(images), 100, 4, seed=1)):
    state = step(i, state, images[places], labels[places])
params = list(current(state))
net.save_network(SAMPLES / "stax", layers, params, "stax_convnet")

exact = jax.tree.map(lambda array: np.asarray(array, np.float64), params)
write_expected("stax", jax.jit(lambda x: logits(exact, x)), jax.jit(lambda x, y: jax.grad(margin, 1)(exact, x, y)))
