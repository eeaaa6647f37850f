import save_network as net

# The order of the calls in the module; what has no parameters has ().
layers = [net.conv((1, 1), "SAME"), net.relu, net.average_pool((2, 2), (2, 2)), net.flatten, net.dense]
conv, dense = params["Conv_0"], params["Dense_0"]
weights = [(conv["kernel"], conv["bias"]), (), (), (), (dense["kernel"], dense["bias"])]
net.save_network("my-network", layers, weights)
