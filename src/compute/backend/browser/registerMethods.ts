// The methods of tensors that the network and its attacks call; the package's browser build leaves all out.
import '@tensorflow/tfjs-core/dist/public/chained_ops/add';
import '@tensorflow/tfjs-core/dist/public/chained_ops/expand_dims';
import '@tensorflow/tfjs-core/dist/public/chained_ops/greater';
import '@tensorflow/tfjs-core/dist/public/chained_ops/less';
import '@tensorflow/tfjs-core/dist/public/chained_ops/mat_mul';
import '@tensorflow/tfjs-core/dist/public/chained_ops/maximum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/minimum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/mul';
import '@tensorflow/tfjs-core/dist/public/chained_ops/relu';
import '@tensorflow/tfjs-core/dist/public/chained_ops/reshape';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sub';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/to_float';
