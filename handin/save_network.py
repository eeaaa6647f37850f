"""Writes a network as a tfjs layers model, which this project and tf.loadLayersModel read. It needs numpy alone.

With JAX's stax, name the layers of stax.serial in their order and hand over the parameters as stax has them:

    import save_network as net

    layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2)), net.flatten, net.dense, net.log_softmax]
    net.save_network("my-network", layers, params)    # params: [(W, b), (), (), (), (W, b), ()]

Images are [28, 28, 1] with pixels in [0, 1]. A network that was trained on other units gets a layer scale(factor, offset)
with parameters () before its first: scale(255) for 0 to 255, scale(2, -1) for -1 to 1. A softmax at the end and dropout
are left out: attacks work on logits.

Keras and Flax keep kernels in the same order as stax, so that the same function serves them:

    params = [tuple(layer.get_weights()) for layer in model.layers]                     # Keras
    params = [(p["Conv_0"]["kernel"], p["Conv_0"]["bias"]), (), ...]                    # Flax, p = variables["params"]

PyTorch writes ONNX, which the project reads too:

    torch.onnx.export(model.eval(), torch.zeros(1, 1, 28, 28), "my-network.onnx")       # needs the package onnxscript
"""

import json
from pathlib import Path

import numpy as np


def conv(strides=(1, 1), padding="VALID"):
    """A convolution in NHWC; its window and channels are those of its kernel."""
    return "Conv2D", {"strides": list(strides), "padding": padding.lower(), "data_format": "channels_last"}


def max_pool(window, strides=(1, 1), padding="VALID"):
    return "MaxPooling2D", {"pool_size": list(window), **conv(strides, padding)[1]}


def average_pool(window, strides=(1, 1), padding="VALID"):
    return "AveragePooling2D", {"pool_size": list(window), **conv(strides, padding)[1]}


def scale(factor, offset=0):
    """factor * image + offset."""
    return "Rescaling", {"scale": factor, "offset": offset}


dense = ("Dense", {})
flatten = ("Flatten", {})
relu, tanh, sigmoid = (("Activation", {"activation": name}) for name in ("relu", "tanh", "sigmoid"))
softmax = log_softmax = dropout = ("left out", {})


def save_network(folder, layers, params, name="network"):
    """Writes model.json and weights.bin into the folder, which is made if it is not there.

    Raises ValueError with the number of the layer if layers and params do not fit each other.
    """
    if len(layers) != len(params):
        raise ValueError(f"{len(layers)} layers, but {len(params)} entries of params: each layer needs one, () without weights")
    described, weights, shape = [], [], (28, 28, 1)
    for number, ((kind, settings), values) in enumerate(zip(layers, params)):
        try:
            shape, settings, arrays = fit(kind, settings, values, shape)
        except (ValueError, TypeError) as error:
            raise ValueError(f"layer {number}, {kind}: {error}") from None
        if kind == "left out":
            continue
        first = {} if described else {"batch_input_shape": [None, 28, 28, 1]}
        layer = f"layer{number}"
        config = {"name": layer, "trainable": True, "dtype": "float32", **first, **settings}
        described.append({"class_name": kind, "config": config})
        weights += [(f"{layer}/{part}", array) for part, array in zip(("kernel", "bias"), arrays)]
    if shape != (10,):
        raise ValueError(f"the network gives numbers of shape {shape}, expected ten logits, (10,)")
    manifest = [{"name": name, "shape": list(array.shape), "dtype": "float32"} for name, array in weights]
    model = {
        "format": "layers-model",
        "generatedBy": "save_network.py",
        "convertedBy": None,
        "modelTopology": {
            "class_name": "Sequential",
            "config": {"name": name, "layers": described},
            "keras_version": "tfjs-layers 4.22.0",
            "backend": "tensor_flow.js",
        },
        "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
    }
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "weights.bin").write_bytes(b"".join(array.tobytes() for _, array in weights))
    Path(folder, "model.json").write_text(json.dumps(model) + "\n", encoding="utf-8")


def fit(kind, settings, values, shape):
    """What a layer leaves of an input of this shape, its settings in full, and its arrays, kernel and bias."""
    if kind not in ("Conv2D", "Dense"):
        if len(values) > 0:
            raise ValueError("expected () for its parameters")
        return output_shape(kind, settings, shape), settings, []
    kernel, bias = (np.asarray(array, "<f4") for array in values)
    bias = bias.reshape(-1)
    inputs = shape[-1:] if kind == "Conv2D" else shape
    if kernel.shape[:-1][-len(inputs) :] != inputs or kernel.ndim != (4 if kind == "Conv2D" else 2):
        raise ValueError(f"a kernel of shape {kernel.shape} does not fit inputs of shape {shape}")
    if bias.shape != kernel.shape[-1:] or not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
        raise ValueError(f"expected {kernel.shape[-1]} numbers as bias, and all weights finite")
    linear = {"activation": "linear", "use_bias": True}
    if kind == "Dense":
        return kernel.shape[-1:], {"units": kernel.shape[1], **linear}, [kernel, bias]
    settings = {"filters": kernel.shape[3], "kernel_size": list(kernel.shape[:2]), **settings, **linear}
    places = output_shape(kind, settings, shape)
    return (*places[:2], kernel.shape[3]), settings, [kernel, bias]


def output_shape(kind, settings, shape):
    """Shape that a layer without weights, or the window of one, leaves of an input."""
    if kind == "Flatten":
        return (int(np.prod(shape)),)
    window = settings.get("kernel_size", settings.get("pool_size"))
    if window is None:
        return shape
    if len(shape) != 3 or settings["padding"] not in ("same", "valid"):
        raise ValueError(f"expected an input [height, width, channels] and padding SAME or VALID, found {shape}")
    lost = [0, 0] if settings["padding"] == "same" else [length - 1 for length in window]
    rows, columns = (-(-(size - less) // step) for size, less, step in zip(shape, lost, settings["strides"]))
    if min(rows, columns) < 1:
        raise ValueError(f"a window of {window} is larger than its input {shape}")
    return (rows, columns, shape[2])
