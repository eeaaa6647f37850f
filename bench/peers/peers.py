"""The report's work, done by the libraries of the field: both sweeps with Foolbox, PyTorch and JAX, training with the last two.

    python3 -m venv .venv-peers && .venv-peers/bin/pip install -r bench/peers/requirements.txt
    npm run bench -- --peers .venv-peers/bin/python     # beside our own times, in turns

Same weights, same images, same grid. Nobody shares the first gradient of the iterative attack between epsilons; FGSM
takes its gradient once, except Foolbox, which offers no way to. Training is the report's step: 128 images shifted at random
by up to one pixel, mean cross-entropy, Adam with a falling rate.

Its argument is JSON: model and data (folders), indices of test images, grid of epsilons, steps, trainingSteps, threads (for torch;
JAX uses the cores that it finds). The first line that it writes names the peers and the versions; then it answers lines of JSON on
standard input, {"peer": name, "work": "sweeps" | "training"}, with {"seconds": s, "processorSeconds": p, "value": FGSM's
accuracies, then the iterative ones; null for training}.
"""
import importlib.metadata
import json
import pathlib
import sys
import time
from types import SimpleNamespace

import numpy as np

BATCH = 128
MAX_SHIFT = 1
LEARNING_RATE = 0.003
ADAM = 0.9, 0.999, 1e-8


def read_idx(path):
    """The bytes of an IDX file as an array."""
    raw = path.read_bytes()
    dimensions = np.frombuffer(raw, ">i4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(dimensions)


def read_weights(folder):
    """The weights of the published tfjs layers model, by name, float32."""
    (group,) = json.loads((folder / "model.json").read_text())["weightsManifest"]
    values, weights = np.fromfile(folder / group["paths"][0], "<f4"), {}
    for entry in group["weights"]:
        count = int(np.prod(entry["shape"]))
        weights[entry["name"]], values = values[:count].reshape(entry["shape"]), values[count:]
    return weights


def to_pixels(images):
    """Bytes as float32 in [0, 1], [batch, 28, 28, 1]."""
    return (images / np.float32(255)).astype(np.float32)[..., None]


def training_batches(data, steps):
    """Random batches of training images, each image shifted by up to MAX_SHIFT pixels each way, with their labels."""
    images, labels = read_idx(data / "train-images-idx3-ubyte"), read_idx(data / "train-labels-idx1-ubyte")
    padded = np.pad(images[:55_000], ((0, 0), (MAX_SHIFT, MAX_SHIFT), (MAX_SHIFT, MAX_SHIFT)))
    labels = labels[:55_000].astype(np.int32)
    window = np.arange(28)

    def batches():
        random = np.random.default_rng(0)
        order = random.permutation(len(padded))[: steps * BATCH].reshape(steps, BATCH)
        for index in order:
            top, left = random.integers(0, 2 * MAX_SHIFT + 1, (2, BATCH))
            rows, columns = (top[:, None] + window)[:, :, None], (left[:, None] + window)[:, None, :]
            yield to_pixels(padded[index[:, None, None], rows, columns]), labels[index]

    return batches


def torch_peers(weights, images, labels, work):
    """PyTorch by hand, and Foolbox on the same network."""
    import foolbox
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(work.threads)

    def network():
        net = nn.Sequential(
            nn.Conv2d(1, 16, 8, 2, 3), nn.ReLU(), nn.AvgPool2d(2, 1), nn.Conv2d(16, 32, 4, 2), nn.ReLU(),
            nn.AvgPool2d(2, 1), nn.Flatten(), nn.Linear(512, 32), nn.ReLU(), nn.Linear(32, 10),
        )
        values = {name: torch.tensor(value) for name, value in weights.items()}
        dense1 = values["dense1/kernel"].reshape(4, 4, 32, 32).permute(3, 2, 0, 1).reshape(32, 512)
        with torch.no_grad():
            for at, name, kernel in (
                (0, "conv1", values["conv1/kernel"].permute(3, 2, 0, 1)),
                (3, "conv2", values["conv2/kernel"].permute(3, 2, 0, 1)),
                (7, "dense1", dense1),
                (9, "dense2", values["dense2/kernel"].T),
            ):
                net[at].weight.copy_(kernel)
                net[at].bias.copy_(values[f"{name}/bias"])
        return net

    net = network().eval()
    x, y = torch.tensor(images).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels).long()

    def sign(z):
        z = z.detach().requires_grad_(True)
        return torch.autograd.grad(functional.cross_entropy(net(z), y, reduction="sum"), z)[0].sign()

    @torch.no_grad()
    def accuracy(z):
        return (net(z).argmax(1) == y).float().mean().item()

    def fgsm():
        direction = sign(x)
        return [accuracy((x + e * direction).clamp(0, 1)) for e in work.grid]

    def iterative():
        accuracies = []
        for e in work.grid:
            z = x
            for _ in range(work.steps if e > 0 else 0):
                z = (z + e / work.steps * sign(z)).clamp(0, 1)
            accuracies.append(accuracy(z))
        return accuracies

    def training():
        trained = network().train()
        *betas, epsilon = ADAM
        adam = torch.optim.Adam(trained.parameters(), LEARNING_RATE, betas, epsilon, fused=True)
        for step, (pixels, classes) in enumerate(work.batches()):
            adam.param_groups[0]["lr"] = LEARNING_RATE * (1 - step / work.trainingSteps)
            adam.zero_grad()
            batch = torch.from_numpy(pixels).reshape(BATCH, 1, 28, 28)
            functional.cross_entropy(trained(batch), torch.from_numpy(classes).long()).backward()
            adam.step()

    model = foolbox.PyTorchModel(net, bounds=(0, 1))

    def foolbox_sweep(attack):
        success = attack(model, x, y, epsilons=work.grid[1:])[2]
        return [accuracy(x), *(1 - s.float().mean().item() for s in success)]

    fast = foolbox.attacks.LinfFastGradientAttack()
    basic = foolbox.attacks.LinfBasicIterativeAttack(
        rel_stepsize=1 / work.steps, steps=work.steps, random_start=False
    )
    return {
        "Foolbox": {"sweeps": lambda: foolbox_sweep(fast) + foolbox_sweep(basic)},
        "PyTorch": {"sweeps": lambda: fgsm() + iterative(), "training": training},
    }


def jax_peers(weights, images, labels, work):
    """JAX, everything under jit; the network is stax's."""
    import jax
    import jax.numpy as jnp
    from jax.example_libraries import optimizers, stax

    _, network = stax.serial(
        stax.Conv(16, (8, 8), (2, 2), "SAME"), stax.Relu, stax.AvgPool((2, 2)),
        stax.Conv(32, (4, 4), (2, 2)), stax.Relu, stax.AvgPool((2, 2)), stax.Flatten,
        stax.Dense(32), stax.Relu, stax.Dense(10),
    )
    layers = ("conv1", None, None, "conv2", None, None, None, "dense1", None, "dense2")
    parameters = [(weights[f"{name}/kernel"], weights[f"{name}/bias"]) if name else () for name in layers]

    def loss(p, z, classes):
        return -jnp.take_along_axis(jax.nn.log_softmax(network(p, z)), classes[:, None], 1).sum()

    x, y = jnp.asarray(images), jnp.asarray(labels)
    sign = jax.jit(lambda z: jnp.sign(jax.grad(loss, 1)(parameters, z, y)))
    accuracy = jax.jit(lambda z: (network(parameters, z).argmax(1) == y).mean())
    move = jax.jit(lambda z, direction, distance: jnp.clip(z + distance * direction, 0, 1))

    def fgsm():
        direction = sign(x)
        return [float(accuracy(move(x, direction, e))) for e in work.grid]

    def iterative():
        accuracies = []
        for e in work.grid:
            z = x
            for _ in range(work.steps if e > 0 else 0):
                z = move(z, sign(z), e / work.steps)
            accuracies.append(float(accuracy(z)))
        return accuracies

    rate = optimizers.polynomial_decay(LEARNING_RATE, work.trainingSteps, 0.0)
    begin, adam, parameters_of = optimizers.adam(rate, *ADAM)

    @jax.jit
    def update(step, state, pixels, classes):
        gradients = jax.grad(loss)(parameters_of(state), pixels, classes)
        return adam(step, jax.tree.map(lambda g: g / BATCH, gradients), state)

    def training():
        state = begin(parameters)
        for step, (pixels, classes) in enumerate(work.batches()):
            state = update(step, state, pixels, classes)
        jax.block_until_ready(parameters_of(state))

    return {"JAX": {"sweeps": lambda: fgsm() + iterative(), "training": training}}


def run(work):
    """Does one piece of work and says how long it took."""
    began, busy = time.perf_counter(), time.process_time()
    value = work()
    seconds, processor_seconds = time.perf_counter() - began, time.process_time() - busy
    return {"seconds": seconds, "processorSeconds": processor_seconds, "value": value}


def main():
    work = SimpleNamespace(**json.loads(sys.argv[1]))
    data = pathlib.Path(work.data)
    weights = read_weights(pathlib.Path(work.model))
    images = to_pixels(read_idx(data / "t10k-images-idx3-ubyte")[work.indices])
    labels = read_idx(data / "t10k-labels-idx1-ubyte")[work.indices].astype(np.int32)
    work.batches = training_batches(data, work.trainingSteps)
    peers = {**torch_peers(weights, images, labels, work), **jax_peers(weights, images, labels, work)}
    versions = {name: importlib.metadata.version(name) for name in ("torch", "foolbox", "jax", "jaxlib", "numpy")}
    kinds = {name: list(kinds) for name, kinds in peers.items()}
    print(json.dumps({"peers": kinds, "versions": {"python": sys.version.split()[0], **versions}}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(run(peers[asked["peer"]][asked["work"]])), flush=True)


if __name__ == "__main__":
    main()
