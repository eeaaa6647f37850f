import torch

example = torch.zeros(1, 1, 28, 28)
torch.onnx.export(model.eval(), (example,), "my-network.onnx", external_data=False)
