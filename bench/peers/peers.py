"""The report's work, done by the libraries of the field: both sweeps with Foolbox, PyTorch and JAX, training with the last two.

    python3 -m venv .venv-peers && .venv-peers/bin/pip install -r bench/peers/requirements.txt
    npm run bench -- --peers .venv-peers/bin/python     # beside our own times, in turns

Same weights, same images, same grid. Nobody shares the first gradient of the iterative attack between epsilons; FGSM
takes its gradient once, except Foolbox, which offers no way to. Training is the report's step: 128 images shifted at random
by up to one pixel, mean cross-entropy, Adam with a falling rate.

Its argument is JSON: model and data (folders), indices of test images, grid of epsilons, steps, trainingSteps, threads (for torch;
JAX uses the cores that it finds). The first line that it writes names the peers and the versions; then it answers lines of JSON on
standard input, {"peer": name, "work": "fgsm" | "iterative" | "training"}, with {"seconds": s, "processorSeconds": p,
"accuracies": [...], null for training}.
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
ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


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
            for at, name in ((0, "conv1"), (3, "conv2")):
                net[at].weight.copy_(values[f"{name}/kernel"].permute(3, 2, 0, 1))
                net[at].bias.copy_(values[f"{name}/bias"])
            for at, name, kernel in ((7, "dense1", dense1), (9, "dense2", values["dense2/kernel"].T)):
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
        adam = torch.optim.Adam(
            trained.parameters(), LEARNING_RATE, (ADAM["beta1"], ADAM["beta2"]), ADAM["epsilon"], fused=True
        )
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
        "Foolbox": {"fgsm": lambda: foolbox_sweep(fast), "iterative": lambda: foolbox_sweep(basic)},
        "PyTorch": {"fgsm": fgsm, "iterative": iterative, "training": training},
    }


def jax_peers(weights, images, labels, work):
    """JAX, everything under jit."""
    import jax
    import jax.numpy as jnp

    parameters = {name: jnp.asarray(value) for name, value in weights.items()}

    def convolve(h, kernel, padding):
        return jax.lax.conv_general_dilated(h, kernel, (2, 2), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))

    def pool(h):
        return jax.lax.reduce_window(h, 0.0, jax.lax.add, (1, 2, 2, 1), (1, 1, 1, 1), "VALID") / 4

    def logits(p, z):
        h = pool(jax.nn.relu(convolve(z, p["conv1/kernel"], "SAME") + p["conv1/bias"]))
        h = pool(jax.nn.relu(convolve(h, p["conv2/kernel"], "VALID") + p["conv2/bias"])).reshape(len(z), -1)
        h = jax.nn.relu(h @ p["dense1/kernel"] + p["dense1/bias"])
        return h @ p["dense2/kernel"] + p["dense2/bias"]

    def loss(p, z, classes):
        return -jnp.take_along_axis(jax.nn.log_softmax(logits(p, z)), classes[:, None], 1).sum()

    x, y = jnp.asarray(images), jnp.asarray(labels)
    sign = jax.jit(lambda z: jnp.sign(jax.grad(loss, 1)(parameters, z, y)))
    accuracy = jax.jit(lambda z: (logits(parameters, z).argmax(1) == y).mean())
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

    def update(state, pixels, classes, rate):
        p, first, second, count = state
        gradients = jax.grad(lambda q: loss(q, pixels, classes) / BATCH)(p)
        mean = lambda beta, power: lambda m, g: beta * m + (1 - beta) * g**power  # noqa: E731
        first = jax.tree.map(mean(ADAM["beta1"], 1), first, gradients)
        second = jax.tree.map(mean(ADAM["beta2"], 2), second, gradients)
        scale1, scale2 = 1 - ADAM["beta1"] ** (count + 1), 1 - ADAM["beta2"] ** (count + 1)
        step = lambda w, m, v: w - rate * (m / scale1) / (jnp.sqrt(v / scale2) + ADAM["epsilon"])  # noqa: E731
        return jax.tree.map(step, p, first, second), first, second, count + 1

    compiled = jax.jit(update)

    def training():
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        state = (parameters, zeros, zeros, 0)
        for step, (pixels, classes) in enumerate(work.batches()):
            state = compiled(state, pixels, classes, LEARNING_RATE * (1 - step / work.trainingSteps))
        jax.block_until_ready(state)

    return {"JAX": {"fgsm": fgsm, "iterative": iterative, "training": training}}


def run(work):
    """Does one piece of work and says how long it took."""
    began, busy = time.perf_counter(), time.process_time()
    accuracies = work()
    return {
        "seconds": time.perf_counter() - began,
        "processorSeconds": time.process_time() - busy,
        "accuracies": accuracies,
    }


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
