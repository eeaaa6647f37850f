import save_network as net

# One entry for each layer of the model; an activation inside a layer stands after it, with weights ().
layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2), (2, 2)), net.flatten, net.dense]
conv, pool, flatten, dense = model.layers
weights = [conv.get_weights(), (), (), (), dense.get_weights()]
net.save_network("my-network", layers, weights)
