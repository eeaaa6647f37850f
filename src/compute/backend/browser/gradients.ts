// The gradients on the way back from the margin to the image, and no others: all of them together would double what a reader
// downloads.
export { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad';
export { avgPoolGradConfig } from '@tensorflow/tfjs-core/dist/gradients/AvgPool_grad';
export { castGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cast_grad';
export { identityGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Identity_grad';
export { maximumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Maximum_grad';
export { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad';
export { negGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Neg_grad';
export { padV2GradConfig } from '@tensorflow/tfjs-core/dist/gradients/PadV2_grad';
export { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad';
export { sigmoidGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sigmoid_grad';
export { sliceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Slice_grad';
export { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad';
export { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad';
