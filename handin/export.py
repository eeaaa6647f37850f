"""How a network gets out of each of four libraries, a section by itself: the lab page shows them, the tests run them."""

# %% JAX, stax
import save_network as net

# One entry for each layer of stax.serial, in its order.
layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2)), net.flatten, net.dense, net.log_softmax]
net.save_network("my-network", layers, params)

# %% PyTorch
import torch

example = torch.zeros(1, 1, 28, 28)
torch.onnx.export(model.eval(), (example,), "my-network.onnx", external_data=False)

# %% Keras
import save_network as net

# One entry for each layer of the model; an activation inside a layer stands after it, with weights ().
layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2), (2, 2)), net.flatten, net.dense]
conv, pool, flatten, dense = model.layers
weights = [conv.get_weights(), (), (), (), dense.get_weights()]
net.save_network("my-network", layers, weights)

# %% Flax
import save_network as net

# The order of the calls in the module; what has no parameters has ().
layers = [net.conv((1, 1), "SAME"), net.relu, net.average_pool((2, 2), (2, 2)), net.flatten, net.dense]
conv, dense = params["Conv_0"], params["Dense_0"]
weights = [(conv["kernel"], conv["bias"]), (), (), (), (dense["kernel"], dense["bias"])]
net.save_network("my-network", layers, weights)
