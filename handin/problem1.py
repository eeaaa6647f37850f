"""Adversarial examples for a convolutional network on MNIST: questions 1 to 4.

    python -m pip install -r requirements.txt
    python problem1.py

The script needs nothing but the files beside it: weights.npz (the trained network), MNIST's two test
files, indices.csv (the 1,000 test images) and report.json (the numbers of the report). It recomputes
both attacks on its own, with `jax.grad`, prints the prediction vectors, writes pictures and graphs to
the folder output/, and ends by comparing its numbers with those of the report.

    python problem1.py --train MNIST_FOLDER

first trains the same network from scratch on MNIST's training files (train-images-idx3-ubyte and
train-labels-idx1-ubyte, gzipped or not) and then answers the questions with those weights. On two
cores the questions take half a minute, the training a minute and a half.
"""

import argparse
import gzip
import hashlib
import json
import platform
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

import jax
import jax.numpy as jnp
import matplotlib

matplotlib.use("Agg")  # Write the graphs to files; no window, no display needed.
import matplotlib.pyplot as plt
import numpy as np
from jax import lax

# Full float32 on every device: some accelerators round the factors of a product to fewer bits.
jax.config.update("jax_default_matmul_precision", "highest")

FOLDER = Path(__file__).resolve().parent

# Images are float32 in [0, 1], and so is epsilon: 0.3 is 76.5 of 255 grey levels.
TARGET_CLASS = 7
EPSILON = 0.3
STEPS = 5
EPSILONS = [i / 40 for i in range(21)]  # 0, 0.025, ..., 0.5

# The recipe of --train, which is the report's.
TRAINING_IMAGES = 55_000  # The last 5,000 of the 60,000 are for validation.
EPOCHS = 10
BATCH_SIZE = 128
LEARNING_RATE = 3e-3  # Falls linearly to 0 over all steps.
ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8
MAX_SHIFT = 1  # Each training image is shifted by up to one pixel each way.

# How far two implementations in float32 may differ.
ACCURACY_TOLERANCE = 0.002
PROBABILITY_TOLERANCE = 1e-4


# ------------------------------------------------------------------------------------------------
# The network: the MNIST convnet of JAX's stax examples, with average in place of max pooling
# ------------------------------------------------------------------------------------------------

SHAPES = {
    "conv1/kernel": (8, 8, 1, 16),
    "conv1/bias": (16,),
    "conv2/kernel": (4, 4, 16, 32),
    "conv2/bias": (32,),
    "dense1/kernel": (512, 32),
    "dense1/bias": (32,),
    "dense2/kernel": (32, 10),
    "dense2/bias": (10,),
}


def convolution(images, kernel, padding):
    dimensions = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(images, kernel, (2, 2), padding, dimension_numbers=dimensions)


def average_pool(maps):
    """The mean of each 2 x 2 window, stride 1."""
    return lax.reduce_window(maps, 0.0, lax.add, (1, 2, 2, 1), (1, 1, 1, 1), "VALID") / 4


def logits(weights, images):
    """Logits [batch, 10] of images [batch, 28, 28, 1]."""
    x = convolution(images, weights["conv1/kernel"], "SAME") + weights["conv1/bias"]
    x = average_pool(jax.nn.relu(x))  # [batch, 13, 13, 16]
    x = convolution(x, weights["conv2/kernel"], "VALID") + weights["conv2/bias"]
    x = average_pool(jax.nn.relu(x))  # [batch, 4, 4, 32]
    x = x.reshape(len(images), -1)  # [batch, 512]
    x = jax.nn.relu(x @ weights["dense1/kernel"] + weights["dense1/bias"])  # [batch, 32]
    return x @ weights["dense2/kernel"] + weights["dense2/bias"]  # [batch, 10]


@jax.jit
def predict(weights, images):
    """The prediction vector of each image, [batch, 10]: the softmax of the logits."""
    return jax.nn.softmax(logits(weights, images))


@jax.jit
def predicted_classes(weights, images):
    return jnp.argmax(logits(weights, images), axis=1)


def accuracy(weights, images, labels):
    return float(np.mean(np.asarray(predicted_classes(weights, images)) == labels))


# ------------------------------------------------------------------------------------------------
# The loss L and the sign of its gradient
#
# L is the cross-entropy of the true label y. With m = logsumexp_{j != y} z_j - z_y it is
# L = -log softmax(z)_y = log(1 + exp(m)) = softplus(m), so dL/dx = sigmoid(m) dm/dx. The sigmoid is
# positive: sign(dL/dx) = sign(dm/dx). In float32 the gradient of L itself, softmax(z) - onehot(y),
# cancels to nothing for an image of which the network is sure; that of m does not.
# ------------------------------------------------------------------------------------------------


def margins(weights, images, labels):
    """m of each image, [batch]."""
    z = logits(weights, images)
    is_truth = jax.nn.one_hot(labels, 10, dtype=bool)
    rivals = jnp.where(is_truth, -jnp.inf, z)
    return jax.nn.logsumexp(rivals, axis=1) - jnp.take_along_axis(z, labels[:, None], axis=1)[:, 0]


def losses(weights, images, labels):
    """L of each image, [batch]: the cross-entropy of the true label."""
    return jax.nn.softplus(margins(weights, images, labels))


@jax.jit
def gradient_signs(weights, images, labels):
    """sign(dL/dx) of each image, and whether every gradient is finite."""
    # The sum over the batch leaves each image its own gradient.
    gradient = jax.grad(lambda x: margins(weights, x, labels).sum())(images)
    return jnp.sign(gradient), jnp.isfinite(gradient).all()


def checked_signs(weights, images, labels):
    signs, finite = gradient_signs(weights, images, labels)
    if not finite:
        raise FloatingPointError("a gradient is not finite: check the weights and the images")
    return signs


# ------------------------------------------------------------------------------------------------
# What the questions share: an attack on one image, shown; an accuracy curve, drawn
# ------------------------------------------------------------------------------------------------


def first_correct(weights, images, labels, target):
    """The lowest index of a test image of this class that the network classifies correctly."""
    correct = np.asarray(predicted_classes(weights, images)) == labels
    return int(np.flatnonzero(correct & (labels == target))[0])


def attack_one(title, attack, weights, images, labels, index, file):
    """Attacks one image, prints both prediction vectors and draws x, the change and x*."""
    x, y = images[index : index + 1], labels[index : index + 1]
    perturbed = attack(weights, x, y, EPSILON)
    before, after = predict(weights, x)[0], predict(weights, perturbed)[0]
    change = float(jnp.abs(perturbed - x).max())

    print(f"\n{title}")
    print(f"test image {index}, class {y[0]}, epsilon = {EPSILON}, largest change of a pixel {change:.6f}")
    print(f"cross-entropy of class {y[0]}: {losses(weights, x, y)[0]:.6g} on x, "
          f"{losses(weights, perturbed, y)[0]:.6g} on x*")
    print("class   prediction on x   prediction on x*")
    for digit in range(10):
        print(f"{digit:5}   {before[digit]:15.6g}   {after[digit]:16.6g}")
    print(f"x is read as {before.argmax()}, x* as {after.argmax()}: "
          + ("x* is an adversarial example" if after.argmax() != y[0] else "x* is still read correctly"))

    draw_images(title, x[0], perturbed[0], before, after, file)
    return {"original": np.asarray(before), "perturbed": np.asarray(after)}


def draw_images(title, x, perturbed, before, after, file):
    figure, axes = plt.subplots(1, 3, figsize=(9, 3.6), layout="constrained")
    figure.suptitle(title)
    axes[0].imshow(x[..., 0], cmap="gray_r", vmin=0, vmax=1)
    axes[0].set_title(f"x, read as {before.argmax()} ({before.max():.4f})")
    axes[1].imshow((perturbed - x)[..., 0], cmap="RdBu_r", vmin=-EPSILON, vmax=EPSILON)
    axes[1].set_title("x* − x (red: +ε, blue: −ε)")
    axes[2].imshow(perturbed[..., 0], cmap="gray_r", vmin=0, vmax=1)
    axes[2].set_title(f"x*, read as {after.argmax()} ({after.max():.4f})")
    for axis in axes:
        axis.set_axis_off()
    save(figure, file)


def accuracy_curve(title, attack, weights, images, labels, file):
    """Accuracy on x* at each epsilon, over all images with their true labels; draws the graph."""
    print(f"\n{title}")
    print("epsilon   accuracy")
    curve = []
    for epsilon in EPSILONS:
        curve.append(accuracy(weights, attack(weights, images, labels, epsilon), labels))
        print(f"{epsilon:7.3f}   {curve[-1]:8.3f}")
    draw_curve(title, curve, len(images), file)
    return curve


def draw_curve(title, curve, count, file):
    figure, axis = plt.subplots(figsize=(7, 4.5), layout="constrained")
    axis.plot(EPSILONS, curve, marker="o", markersize=4, color="black")
    axis.set(title=title, xlabel="ε (largest change of a pixel; pixels are in [0, 1])",
             ylabel=f"accuracy on {count:,} adversarial examples", xlim=(0, EPSILONS[-1]), ylim=(0, 1))
    axis.grid(color="0.9")
    save(figure, file)


def save(figure, file):
    output = FOLDER / "output"
    output.mkdir(exist_ok=True)
    figure.savefig(output / file, dpi=300)
    plt.close(figure)
    print(f"wrote output/{file}")


# ------------------------------------------------------------------------------------------------
# Question 1: one step on one image of class 7, x* = x + epsilon * sign(dL/dx)
# ------------------------------------------------------------------------------------------------


def fgsm(weights, images, labels, epsilon):
    """The fast gradient sign method; pixels stay in [0, 1]."""
    perturbed = images + epsilon * checked_signs(weights, images, labels)
    return jnp.clip(perturbed, 0, 1)


def question_1(weights, images, labels, index):
    title = f"Question 1: FGSM, ε = {EPSILON}"
    return attack_one(title, fgsm, weights, images, labels, index, "question-1.png")


# ------------------------------------------------------------------------------------------------
# Question 2: accuracy on 1,000 test images attacked in one step, against epsilon
# ------------------------------------------------------------------------------------------------


def question_2(weights, images, labels):
    title = "Question 2: accuracy on FGSM's examples against ε"
    return accuracy_curve(title, fgsm, weights, images, labels, "question-2.png")


# ------------------------------------------------------------------------------------------------
# Question 3: the same image in k = 5 steps of epsilon / k, the gradient taken anew at each point
# ------------------------------------------------------------------------------------------------


def iterative_fgsm(weights, images, labels, epsilon, steps=STEPS):
    """Iterative FGSM; no pixel ends further than epsilon from x, nor outside [0, 1]."""
    perturbed = images
    for _ in range(steps):
        perturbed = perturbed + epsilon / steps * checked_signs(weights, perturbed, labels)
        perturbed = jnp.clip(perturbed, images - epsilon, images + epsilon)
        perturbed = jnp.clip(perturbed, 0, 1)
    return perturbed


def question_3(weights, images, labels, index):
    title = f"Question 3: iterative FGSM, k = {STEPS}, ε = {EPSILON}, ε/k = {EPSILON / STEPS:.2g}"
    return attack_one(title, iterative_fgsm, weights, images, labels, index, "question-3.png")


# ------------------------------------------------------------------------------------------------
# Question 4: accuracy on the same 1,000 test images attacked in five steps, against epsilon
# ------------------------------------------------------------------------------------------------


def question_4(weights, images, labels):
    title = f"Question 4: accuracy on iterative FGSM's examples against ε (k = {STEPS})"
    return accuracy_curve(title, iterative_fgsm, weights, images, labels, "question-4.png")


# ------------------------------------------------------------------------------------------------
# Reading: MNIST in its own format, weights, indices
# ------------------------------------------------------------------------------------------------


def read_idx(folder, name):
    """An array of bytes out of an IDX file, gzipped or not."""
    for path, open_file in ((folder / f"{name}.gz", gzip.open), (folder / name, open)):
        if path.exists():
            with open_file(path, "rb") as file:
                content = file.read()
            break
    else:
        sys.exit(f"{folder / name}: neither this file nor {name}.gz is there")
    if len(content) < 4 or content[:3] != b"\0\0\x08":
        sys.exit(f"{path}: not an IDX file of bytes; it begins with {content[:4].hex(' ')}")
    dimensions = content[3]
    shape = np.frombuffer(content, ">i4", dimensions, offset=4)
    values = np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions)
    if values.size != shape.prod():
        sys.exit(f"{path}: {values.size} values, expected {' x '.join(map(str, shape))}")
    return values.reshape(shape)


def read_mnist(folder, part):
    """Images [count, 28, 28, 1], float32 in [0, 1], and labels [count]; part is train or t10k."""
    images = read_idx(folder, f"{part}-images-idx3-ubyte")
    labels = read_idx(folder, f"{part}-labels-idx1-ubyte")
    return images[..., None] / np.float32(255), labels.astype(np.int32)


def read_weights(path, sha256):
    """The arrays of the network by name. They must be those with which the report was computed."""
    with np.load(path) as file:
        found = {name: file[name].shape for name in file.files}
        if found != SHAPES:
            sys.exit(f"{path}: holds {found}, expected {SHAPES}; unpack the archive again")
        weights = {name: file[name] for name in SHAPES}
    if fingerprint(weights) != sha256:
        sys.exit(f"{path}: SHA-256 {fingerprint(weights)}, the report has {sha256}; unpack the archive again")
    return weights


def fingerprint(weights):
    """SHA-256 of the weights, as they stand one after the other in the report's own file."""
    content = b"".join(np.asarray(weights[name], "<f4").tobytes() for name in SHAPES)
    return hashlib.sha256(content).hexdigest()


# ------------------------------------------------------------------------------------------------
# Training the same network from scratch (--train)
# ------------------------------------------------------------------------------------------------


def initial_weights(key):
    """Kernels uniform in +-sqrt(6 / fan-in), biases 0."""
    weights = {}
    for name, shape in SHAPES.items():
        key, own = jax.random.split(key)
        if len(shape) == 1:
            weights[name] = jnp.zeros(shape)
        else:
            limit = (6 / np.prod(shape[:-1])) ** 0.5
            weights[name] = jax.random.uniform(own, shape, minval=-limit, maxval=limit)
    return weights


def shifted(key, images):
    """Each image moved by a random number of pixels each way, the uncovered border black."""
    edge = ((0, 0), (MAX_SHIFT, MAX_SHIFT), (MAX_SHIFT, MAX_SHIFT), (0, 0))
    corners = jax.random.randint(key, (len(images), 2), 0, 2 * MAX_SHIFT + 1)
    cut = lambda image, corner: lax.dynamic_slice(image, (corner[0], corner[1], 0), (28, 28, 1))
    return jax.vmap(cut)(jnp.pad(images, edge), corners)


@partial(jax.jit, donate_argnums=(0, 1, 2))
def training_step(weights, first, second, step, steps, key, images, labels):
    """One step of Adam on the mean cross-entropy of a batch."""
    inputs = shifted(key, images)
    loss, gradient = jax.value_and_grad(lambda w: losses(w, inputs, labels).mean())(weights)
    rate = LEARNING_RATE * (1 - step / steps)
    first = jax.tree.map(lambda m, g: ADAM_BETA1 * m + (1 - ADAM_BETA1) * g, first, gradient)
    second = jax.tree.map(lambda v, g: ADAM_BETA2 * v + (1 - ADAM_BETA2) * g**2, second, gradient)
    scale1, scale2 = 1 - ADAM_BETA1 ** (step + 1.0), 1 - ADAM_BETA2 ** (step + 1.0)
    update = lambda w, m, v: w - rate * (m / scale1) / (jnp.sqrt(v / scale2) + ADAM_EPSILON)
    return jax.tree.map(update, weights, first, second), first, second, loss


def train(folder, epochs, seed=0):
    """The network's weights after the given number of epochs on the first 55,000 training images."""
    images, labels = read_mnist(folder, "train")
    validation = images[TRAINING_IMAGES:], labels[TRAINING_IMAGES:]
    batches = TRAINING_IMAGES // BATCH_SIZE
    key, own = jax.random.split(jax.random.key(seed))
    weights = initial_weights(own)
    first, second = (jax.tree.map(jnp.zeros_like, weights) for _ in range(2))
    for epoch in range(epochs):
        key, own = jax.random.split(key)
        order = np.asarray(jax.random.permutation(own, TRAINING_IMAGES))
        total = 0.0
        for batch in range(batches):
            key, own = jax.random.split(key)
            chosen = order[batch * BATCH_SIZE : (batch + 1) * BATCH_SIZE]
            weights, first, second, loss = training_step(
                weights, first, second, epoch * batches + batch, epochs * batches, own,
                images[chosen], labels[chosen],
            )
            total += loss
        print(f"epoch {epoch + 1} of {epochs}: loss {total / batches:.4f}, "
              f"validation accuracy {accuracy(weights, *validation):.4f}")
    np.savez(FOLDER / "output" / "weights-trained.npz", **weights)
    print("wrote output/weights-trained.npz")
    return weights


# ------------------------------------------------------------------------------------------------
# The comparison with the report
# ------------------------------------------------------------------------------------------------


def compare(report, found, same_weights=True):
    """Prints the largest differences from the report and returns them with the verdict."""
    if report["epsilons"] != EPSILONS:
        sys.exit(f"report.json: its epsilons are {report['epsilons']}, expected {EPSILONS}")
    accuracies = {
        name: float(np.abs(np.subtract(found["accuracy"][name], report["accuracy"][name])).max())
        for name in ("fgsm", "iterative")
    }
    probabilities, same_classes = {}, True
    for name in ("fgsm", "iterative"):
        for image in ("original", "perturbed"):
            ours, theirs = found["predictions"][name][image], np.array(report["predictions"][name][image])
            probabilities[f"{name} {image}"] = float(np.abs(ours - theirs).max())
            same_classes &= bool(ours.argmax() == theirs.argmax())
    agree = (
        found["image"] == report["image"]
        and same_classes
        and max(accuracies.values()) <= ACCURACY_TOLERANCE
        and max(probabilities.values()) <= PROBABILITY_TOLERANCE
    )

    allowed = (lambda tolerance: f" (at most {tolerance:g})") if same_weights else (lambda tolerance: "")
    print("\nComparison with the report")
    if not same_weights:
        print("other weights than the report's: differences of some points are those of two trainings")
    print(f"image: {found['image']} here, {report['image']} in the report")
    print(f"classes of x and x* in questions 1 and 3: {'equal' if same_classes else 'NOT equal'}")
    for name, value in accuracies.items():
        print(f"largest difference in accuracy, {name}: {value:.4f}{allowed(ACCURACY_TOLERANCE)}")
    for name, value in probabilities.items():
        print(f"largest difference in probability, {name}: {value:.2g}{allowed(PROBABILITY_TOLERANCE)}")
    return {
        "agree": agree,
        "image": found["image"],
        "sameClasses": same_classes,
        "accuracyDifference": accuracies,
        "probabilityDifference": max(probabilities.values()),
    }


def versions():
    packages = {name: version(name) for name in ("jax", "jaxlib", "numpy", "matplotlib")}
    return {"python": platform.python_version(), **packages}


# ------------------------------------------------------------------------------------------------
# All four questions
# ------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description="Answers questions 1 to 4 and compares with the report.")
    parser.add_argument("--train", type=Path, metavar="MNIST_FOLDER",
                        help="train the network from scratch on the training files in this folder first")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"epochs of --train (default {EPOCHS})")
    arguments = parser.parse_args()
    if arguments.epochs < 1:
        parser.error(f"invalid epochs: {arguments.epochs}, expected a positive integer")

    report = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
    images, labels = read_mnist(FOLDER, "t10k")
    (FOLDER / "output").mkdir(exist_ok=True)
    if arguments.train:
        weights = train(arguments.train, arguments.epochs)
    else:
        weights = read_weights(FOLDER / "weights.npz", report["weightsSha256"])
    print(f"accuracy on the {len(images):,} test images: {accuracy(weights, images, labels):.4f}")

    # The image of questions 1 and 3, the 1,000 images of questions 2 and 4.
    index = first_correct(weights, images, labels, TARGET_CLASS)
    indices = np.loadtxt(FOLDER / "indices.csv", int, delimiter=",", skiprows=1)[:, 0]
    sample = images[indices], labels[indices]

    one = question_1(weights, images, labels, index)
    one_curve = question_2(weights, *sample)
    several = question_3(weights, images, labels, index)
    several_curve = question_4(weights, *sample)

    result = compare(report, {
        "image": index,
        "predictions": {"fgsm": one, "iterative": several},
        "accuracy": {"fgsm": one_curve, "iterative": several_curve},
    }, same_weights=not arguments.train)
    if arguments.train:
        return 0
    record = {"weightsSha256": report["weightsSha256"], **result, "versions": versions()}
    (FOLDER / "output" / "agreement.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print("This script and the report agree." if result["agree"] else "This script and the report do NOT agree.")
    return 0 if result["agree"] else 1


if __name__ == "__main__":
    sys.exit(main())
