"""Keras networks as the tfjs converter writes them: Keras 3 with batch normalisation and dropout, Keras 2 functional.

pip install tensorflow tf_keras tensorflowjs
"""

import shutil

import keras
import numpy as np
import tensorflow as tf
import tf_keras
from common import FIXTURES, batches, mnist, write_expected
from tensorflowjs.converters import save_keras_model


def fit(model, layers, images, labels, epochs=4):
    model.compile(optimizer="adam", loss=layers.losses.SparseCategoricalCrossentropy())
    for places in batches(len(images), 100, epochs, seed=3):
        model.train_on_batch(images[places], labels[places])


def write(name, make, layers, factor):
    """Trains, converts, and says what float64 makes of the same weights."""
    layers.utils.set_random_seed(4)
    images, labels = mnist("train", 20_000)
    model = make()
    shape = (-1, *model.input_shape[1:])
    fit(model, layers, (images * factor).astype(np.float32).reshape(shape), labels)
    shutil.rmtree(FIXTURES / name, ignore_errors=True)
    save_keras_model(model, str(FIXTURES / name))

    layers.mixed_precision.set_global_policy("float64")
    whole = make()
    whole.set_weights([array.astype(np.float64) for array in model.get_weights()])
    # Logits: the softmax of the last layer left out.
    whole.layers[-1].activation = layers.activations.linear

    @tf.function
    def logits(x):
        return whole(tf.reshape(tf.cast(x, tf.float64) * factor, shape), training=False)

    @tf.function
    def gradient(x, y):
        x = tf.cast(x, tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            z, truth = logits(x), tf.one_hot(y, 10, on_value=True, off_value=False)
            others = tf.where(truth, tf.constant(-np.inf, tf.float64), z)
            margin = tf.reduce_logsumexp(others, 1) - tf.boolean_mask(z, truth)
            total = tf.reduce_sum(margin)
        return tape.gradient(total, x)

    write_expected(name, lambda x: logits(x).numpy(), lambda x, y: gradient(x, y).numpy())


def with_batch_normalisation():
    layer = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layer.Conv2D(8, 5, strides=2, padding="same", use_bias=False),
            layer.BatchNormalization(),
            layer.ReLU(),
            layer.Dropout(0.2),
            layer.Conv2D(12, 3, activation="relu"),
            layer.BatchNormalization(),
            layer.MaxPooling2D(2),
            layer.Dropout(0.2),
            layer.Flatten(),
            layer.Dense(24, activation="relu"),
            layer.Dense(10, activation="softmax"),
        ]
    )


def functional():
    layer = tf_keras.layers
    image = layer.Input((28, 28))
    x = layer.Reshape((28, 28, 1))(image)
    x = layer.Rescaling(1 / 255)(x)
    x = layer.Conv2D(6, (5, 3), activation="tanh")(x)
    x = layer.AveragePooling2D((2, 2))(x)
    x = layer.Flatten()(x)
    return tf_keras.Model(image, layer.Dense(10, activation="softmax")(layer.Dense(12, activation="sigmoid")(x)))


write("keras", with_batch_normalisation, keras, 1)
write("tfjs-converted", functional, tf_keras, 255)
