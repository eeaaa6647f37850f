import save_network as net

# One entry for each layer of stax.serial, in its order.
layers = [net.conv((2, 2), "SAME"), net.relu, net.max_pool((2, 2)), net.flatten, net.dense, net.log_softmax]
net.save_network("my-network", layers, params)
