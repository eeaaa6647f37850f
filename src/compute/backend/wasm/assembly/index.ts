// Kernels over the heap of tfjs's WASM backend: pointers in, no memory of their own.
export { conv2D, conv2DScratch } from './conv2D';
export { conv2DBackpropInput, conv2DBackpropInputScratch } from './conv2DBackpropInput';
export { conv2DBackpropFilter, conv2DBackpropFilterScratch } from './conv2DBackpropFilter';
export { slidingMean, slidingMeanScratch } from './slidingMean';
export { sumRows } from './sumRows';
export { addBias, greater, less, maximum, minimum, reluGrad } from './elementwise';
