"""Adversarial examples for a convolutional network on MNIST: questions 1 to 4.

    python -m pip install -r requirements.txt
    python problem1.py

Beside this script it needs weights.npz (the trained network) and MNIST's test files,
t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, gzipped or not. It prints the answers and draws
them into the folder output/. With report.json beside it, it compares its numbers with the report's.
"""

# %% Set-up
import gzip
import hashlib
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

if "ipykernel" not in sys.modules:  # A notebook shows the graphs; a script needs no display.
    os.environ["MPLBACKEND"] = "agg"
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
from jax import lax

# The same arithmetic and the same look whatever this machine is set to.
jax.config.update("jax_enable_x64", False)
jax.config.update("jax_default_matmul_precision", "highest")
plt.rcdefaults()

# Images are float32 in [0, 1], and so is epsilon: 0.3 is 76.5 of 255 grey levels.
TARGET_CLASS = 7
EPSILON = 0.3
STEPS = 5
EPSILONS = [i / 40 for i in range(21)]  # 0, 0.025, ..., 0.5


# %% The network: the MNIST convnet of JAX's examples, with average in place of max pooling
def convolution(images, kernel, padding):
    dimensions = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(images, kernel, (2, 2), padding, dimension_numbers=dimensions)


def average_pool(maps):
    """The mean of each 2 x 2 window, stride 1."""
    return lax.reduce_window(maps, 0.0, lax.add, (1, 2, 2, 1), (1, 1, 1, 1), "VALID") / 4


def logits(weights, images):
    """The network's output z before the softmax, [count, 10], for images [count, 28, 28, 1]."""
    x = convolution(images, weights["conv1/kernel"], "SAME") + weights["conv1/bias"]
    x = average_pool(jax.nn.relu(x))
    x = convolution(x, weights["conv2/kernel"], "VALID") + weights["conv2/bias"]
    x = average_pool(jax.nn.relu(x))
    x = x.reshape(len(images), -1)
    x = jax.nn.relu(x @ weights["dense1/kernel"] + weights["dense1/bias"])
    return x @ weights["dense2/kernel"] + weights["dense2/bias"]


@jax.jit
def predict(weights, images):
    """The prediction vector of each image, [count, 10]: the softmax of the logits."""
    return jax.nn.softmax(logits(weights, images))


def accuracy(weights, images, labels):
    """The share of images whose largest probability is that of the true class."""
    return float(np.mean(np.asarray(predict(weights, images)).argmax(axis=1) == labels))


# %% The loss and the sign of its gradient
def loss(weights, images, labels):
    """L, the cross-entropy of the true labels; summed, so that each image keeps its gradient."""
    log_probabilities = jax.nn.log_softmax(logits(weights, images))
    return -jnp.sum(log_probabilities * jax.nn.one_hot(labels, 10))


def margin(weights, images, labels):
    """m, the logsumexp of the other classes' logits minus the true class's logit; summed.

    L = -log softmax(z)_y = log(1 + sum over j != y of exp(z_j - z_y)) = log(1 + exp(m)), hence
    dL/dx = sigmoid(m) * dm/dx. The sigmoid is positive: sign(dL/dx) = sign(dm/dx).
    """
    z, is_true = logits(weights, images), jax.nn.one_hot(labels, 10)
    return jnp.sum(jax.nn.logsumexp(z, axis=1, b=1 - is_true) - jnp.sum(z * is_true, axis=1))


loss_gradient = jax.jit(jax.grad(loss, argnums=1))
margin_gradient = jax.jit(jax.grad(margin, argnums=1))


def gradient_sign(weights, images, labels):
    """sign(dL/dx), taken as sign(dm/dx): of a sure image float32 keeps dm/dx and not dL/dx."""
    gradient = margin_gradient(weights, images, labels)
    if not jnp.isfinite(gradient).all():
        raise FloatingPointError("a gradient is not finite: check the weights")
    return jnp.sign(gradient)


def compare_gradients(weights, x, y):
    """Prints how well jax.grad's two gradients of one image fulfil dL/dx = sigmoid(m) dm/dx."""
    expected = jax.nn.sigmoid(margin(weights, x, y)) * margin_gradient(weights, x, y)
    found = loss_gradient(weights, x, y)
    error = jnp.abs(found - expected).max() / jnp.abs(expected).max()
    same = int(jnp.sum(jnp.sign(found) == jnp.sign(expected)))
    print(f"dL/dx is sigmoid(m) dm/dx to {error:.0e} of its largest value, "
          f"with the same sign on {same} of {x.size} pixels")


# %% The files: MNIST's test images, the network, the report's numbers
FOLDER = Path(globals().get("__file__", "problem1.py")).resolve().parent
SHA256 = {
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
LAYERS = ("conv1", "conv2", "dense1", "dense2")


def stop(file, problem):
    sys.exit(f"{file}: {problem}; unpack the archive again")


def read_mnist(name):
    """The bytes after the header of one of MNIST's test files, gzipped or not."""
    path = next((FOLDER / file for file in (name, f"{name}.gz") if (FOLDER / file).exists()), None)
    if path is None:
        stop(name, f"neither this file nor {name}.gz is beside problem1.py")
    try:
        content = path.read_bytes()
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except Exception as error:
        stop(path.name, f"cannot be read: {error}")
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        stop(path.name, f"does not hold MNIST's {name}")
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3])


def read_weights():
    """The network's arrays by name."""
    try:
        with np.load(FOLDER / "weights.npz") as file:
            names = [f"{layer}/{part}" for layer in LAYERS for part in ("kernel", "bias")]
            weights = {name: file[name].astype(np.float32) for name in names}
        outputs = predict(weights, jnp.zeros((1, 28, 28, 1)))
        if outputs.shape != (1, 10) or not jnp.isfinite(outputs).all():
            raise ValueError("it does not give ten numbers")
    except Exception as error:
        stop("weights.npz", f"does not hold the network: {error!r}")
    return weights


def read_report(weights):
    """The numbers of the report, if they are here: indices of its images, and what to compare."""
    try:
        report = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
        expected, _, _ = report["weightsSha256"], report["build"], labels[report["indices"]]
        np.reshape([report["prediction"][name] for name in ("x", "fgsm", "iterative")], (3, 10))
        np.reshape([report["accuracy"][name] for name in ("fgsm", "iterative")], (2, len(EPSILONS)))
    except FileNotFoundError:
        return None
    except Exception as error:
        stop("report.json", f"does not hold the report's numbers: {error!r}")
    values = b"".join(array.tobytes() for array in weights.values())
    if hashlib.sha256(values).hexdigest() != expected:
        stop("weights.npz", "not the network of report.json")
    return report


def output_folder():
    """The folder output/ beside this script, or a temporary one where nothing may be written."""
    try:
        folder = FOLDER / "output"
        folder.mkdir(exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="problem1-"))
        print(f"the folder output/ cannot be written: pictures go to {str(folder)!a}")
    return folder


OUTPUT = output_folder()
images = read_mnist("t10k-images-idx3-ubyte").reshape(-1, 28, 28, 1) / np.float32(255)
labels = read_mnist("t10k-labels-idx1-ubyte").astype(np.int32)
weights = read_weights()
report = read_report(weights)
draw = np.random.default_rng(0).choice(len(images), 1_000, replace=False)
sample = np.array(report["indices"] if report else draw)
print(f"accuracy on the {len(images):,} test images: {accuracy(weights, images, labels):.4f}")


# %% Question 1: one step on an image of class 7, x* = x + epsilon * sign(dL/dx)
def fgsm(weights, images, labels, epsilon):
    """The fast gradient sign method; pixels stay in [0, 1]."""
    return jnp.clip(images + epsilon * gradient_sign(weights, images, labels), 0, 1)


def show_example(title, weights, x, perturbed, y, file):
    """Prints the prediction vectors of x and x*, draws both, and returns them."""
    before, after = predict(weights, x)[0], predict(weights, perturbed)[0]
    print(f"\n{title}\nclass   prediction on x   prediction on x*")
    for digit in range(10):
        print(f"{digit:5}   {before[digit]:15.6g}   {after[digit]:16.6g}")
    print(f"true class {y[0]}, x is predicted as {before.argmax()}, x* as {after.argmax()}; "
          f"L is {loss(weights, x, y):.4g} on x, {loss(weights, perturbed, y):.4g} on x*")
    draw_example(title, x[0, ..., 0], perturbed[0, ..., 0], before, after, file)
    return before, after


def draw_example(title, x, perturbed, before, after, file):
    """Draws x, the perturbation x* - x, and x*."""
    figure, axes = plt.subplots(1, 3, figsize=(7, 2.9), layout="constrained")
    figure.suptitle(title)
    axes[0].imshow(x, cmap="gray_r", vmin=0, vmax=1)
    axes[0].set_title(f"x: predicted as {before.argmax()}")
    shown = axes[1].imshow(perturbed - x, cmap="RdBu_r", vmin=-EPSILON, vmax=EPSILON)
    axes[1].set_title("x* − x")
    axes[2].imshow(perturbed, cmap="gray_r", vmin=0, vmax=1)
    axes[2].set_title(f"x*: predicted as {after.argmax()}")
    figure.colorbar(shown, ax=axes[1], shrink=0.8, ticks=[-EPSILON, 0, EPSILON])
    for axis in axes:
        axis.set(xticks=[], yticks=[])
    figure.savefig(OUTPUT / file, dpi=300)


def question_1(weights, images, labels, index):
    """FGSM on one image; its gradient by jax.grad, of the loss itself and of the margin."""
    x, y = images[index : index + 1], labels[index : index + 1]
    title = f"Question 1: test image {index}, FGSM, epsilon = {EPSILON}"
    perturbed = fgsm(weights, x, y, EPSILON)
    compare_gradients(weights, x, y)
    return show_example(title, weights, x, perturbed, y, "question-1.png")


is_correct = predict(weights, images).argmax(axis=1) == labels
candidates = np.flatnonzero(is_correct & (labels == TARGET_CLASS))
if len(candidates) == 0:
    sys.exit(f"weights.npz: the network classifies no test image of class {TARGET_CLASS} correctly")
index = int(candidates[0])
answer_1 = question_1(weights, images, labels, index)


# %% Question 2: accuracy on 1,000 images attacked in one step, against epsilon
def question_2(weights, images, labels):
    """Accuracy on FGSM's examples at each epsilon, all images with their true labels."""
    perturbed = (fgsm(weights, images, labels, epsilon) for epsilon in EPSILONS)
    accuracies = [accuracy(weights, examples, labels) for examples in perturbed]
    draw_curve("Question 2: accuracy after one step", accuracies, len(images), "question-2.png")
    return accuracies


def draw_curve(title, accuracies, count, file):
    """Prints and draws accuracy (vertical) against epsilon (horizontal)."""
    print(f"\n{title}\nepsilon   accuracy")
    for epsilon, share in zip(EPSILONS, accuracies):
        print(f"{epsilon:7.3f}   {share:8.3f}")
    figure, axis = plt.subplots(figsize=(7, 4), layout="constrained")
    axis.plot(EPSILONS, accuracies, "o-", color="black", markersize=4, clip_on=False)
    axis.set(title=title, xlim=(0, EPSILONS[-1]), ylim=(0, 1))
    axis.set_xlabel("ε: how far a pixel may move, of its range [0, 1]")
    axis.set_ylabel(f"accuracy on {count:,} perturbed images")
    axis.grid(color="0.9")
    figure.savefig(OUTPUT / file, dpi=300)


answer_2 = question_2(weights, images[sample], labels[sample])


# %% Question 3: the same image in k = 5 steps of epsilon / k, the gradient taken anew at each
def iterative_fgsm(weights, images, labels, epsilon, steps=STEPS):
    """Steps of epsilon / steps; x* stays within epsilon of x, and in [0, 1]."""
    perturbed = images
    for _ in range(steps):
        perturbed = perturbed + epsilon / steps * gradient_sign(weights, perturbed, labels)
        perturbed = jnp.clip(perturbed, images - epsilon, images + epsilon)
        perturbed = jnp.clip(perturbed, 0, 1)
    return perturbed


def question_3(weights, images, labels, index):
    """Iterative FGSM on the image of question 1."""
    x, y = images[index : index + 1], labels[index : index + 1]
    title = f"Question 3: test image {index}, {STEPS} steps of {EPSILON} / {STEPS}"
    perturbed = iterative_fgsm(weights, x, y, EPSILON)
    return show_example(title, weights, x, perturbed, y, "question-3.png")


answer_3 = question_3(weights, images, labels, index)


# %% Question 4: accuracy on the same 1,000 images attacked in five steps, against epsilon
def question_4(weights, images, labels):
    """Accuracy on iterative FGSM's examples at each total epsilon."""
    perturbed = (iterative_fgsm(weights, images, labels, epsilon) for epsilon in EPSILONS)
    accuracies = [accuracy(weights, examples, labels) for examples in perturbed]
    title = f"Question 4: accuracy after {STEPS} steps"
    draw_curve(title, accuracies, len(images), "question-4.png")
    return accuracies


answer_4 = question_4(weights, images[sample], labels[sample])


# %% The comparison with the report
TOLERANCES = {"prediction": 1e-4, "accuracy": 0.002}


def compare(found, report):
    """Prints the largest differences from the report and returns them with the verdict."""
    agree = found["image"] == report["image"]
    differences = {}
    print(f"\nComparison with the report, build {report['build']}")
    for kind, tolerance in TOLERANCES.items():
        differences[kind] = {}
        for name, values in found[kind].items():
            largest = float(np.abs(np.subtract(values, report[kind][name])).max())
            print(f"{kind}, {name}: largest difference {largest:.2g} (at most {tolerance:g})")
            differences[kind][name] = largest
            agree &= largest <= tolerance
    print(f"This script and the report {'agree' if agree else 'do NOT agree'}.")
    packages = {name: version(name) for name in ("jax", "jaxlib", "numpy", "matplotlib")}
    return {
        "weightsSha256": report["weightsSha256"], "agree": agree, "image": found["image"],
        "differences": differences, "versions": {"python": platform.python_version(), **packages},
    }


answers = {
    "image": index,
    "prediction": {"x": answer_1[0], "fgsm": answer_1[1], "iterative": answer_3[1]},
    "accuracy": {"fgsm": answer_2, "iterative": answer_4},
}
if report is None:
    print("\nreport.json is not here: other images were drawn, and the comparison is left out.")
else:
    record = compare(answers, report)
    (OUTPUT / "agreement.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    if not record["agree"]:
        sys.exit(1)
