"""PyTorch's networks as ONNX: a LeNet, a dense one and a channel-first one.    pip install torch onnx onnxscript"""

import copy

import numpy as np
import torch
from common import FIXTURES, SAMPLES, batches, mnist, write_expected
from torch import nn


torch.manual_seed(0)


def fit(model, units, epochs=4, rate=2e-3):
    """Trains on images in the network's own units."""
    images, labels = mnist("train", 10_000)
    x, y = units(torch.tensor(images.transpose(0, 3, 1, 2), dtype=torch.float32)), torch.tensor(labels)
    optimiser = torch.optim.Adam(model.parameters(), rate)
    for places in batches(len(x), 100, epochs, seed=2):
        optimiser.zero_grad()
        nn.functional.cross_entropy(model(x[places]), y[places]).backward()
        optimiser.step()
    return model.eval()


def expect(name, model, units):
    """What float64 makes of the same weights. Attacks stay in [0, 1]: the units are inside."""
    exact = copy.deepcopy(model).double()

    def logits(x):
        with torch.no_grad():
            return exact(units(torch.tensor(x.transpose(0, 3, 1, 2)))).numpy()

    def gradient(x, y):
        x = torch.tensor(x.transpose(0, 3, 1, 2), requires_grad=True)
        z, truth = exact(units(x)), nn.functional.one_hot(torch.tensor(y), 10).bool()
        margin = torch.logsumexp(z.masked_fill(truth, -torch.inf), 1) - z[truth]
        margin.sum().backward()
        return x.grad.numpy().transpose(0, 2, 3, 1)

    write_expected(name, logits, gradient)


def normalised(x):
    return (x - 0.1307) / 0.3081


def signed(x):
    return 2 * x - 1


def as_they_are(x):
    return x


class Normalise(nn.Module):
    def forward(self, x):
        return normalised(x)


def dropped_softmax(model):
    return model[:-1] if isinstance(model[-1], nn.LogSoftmax) else model


def save(name, model, units, **options):
    path = (SAMPLES if name == "torch-dense" else FIXTURES) / f"{name}.onnx"
    torch.onnx.export(model, (torch.zeros(1, 1, 28, 28),), str(path), **options)
    expect(name, dropped_softmax(model), units)


# Average pools, as LeNet-5 had: where a constant background is normalised to other than 0, the members of a maximum differ by
# their rounding alone. With max pooling here, float64 in PyTorch gives 81,363 of 784,000 signs of the gradient and up to 9 of 1,000
# accuracies otherwise once ties to 1e-9 go to the first member; what this project computes in float32 then has none different.
lenet = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(6, 12, 5), nn.ReLU(), nn.AvgPool2d(2),
    nn.Flatten(), nn.Linear(300, 32), nn.Tanh(), nn.Linear(32, 10),
)
save("torch-lenet", fit(lenet, normalised), normalised, external_data=False)

dense = nn.Sequential(nn.Flatten(), nn.Linear(784, 20), nn.ReLU(), nn.Dropout(0.2), nn.Linear(20, 10))
save("torch-dense", fit(dense, signed), signed, external_data=False)

channel_first = nn.Sequential(
    Normalise(), nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.AvgPool2d(2),
    nn.Conv2d(8, 12, 3, stride=2, padding=1), nn.ReLU(), nn.BatchNorm2d(12),
    nn.Flatten(), nn.Linear(588, 16), nn.Sigmoid(), nn.Linear(16, 10), nn.LogSoftmax(1),
)
save(
    "torch-channel-first", fit(channel_first, as_they_are), as_they_are, dynamo=False,
    training=torch.onnx.TrainingMode.PRESERVE,
)
