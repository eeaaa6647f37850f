// The gradients that the attack meets on its way back from the margin to the image, and no others: all
// of them together would double what a reader downloads.
import { registerGradient } from '@tensorflow/tfjs-core';
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad';
import { avgPoolGradConfig } from '@tensorflow/tfjs-core/dist/gradients/AvgPool_grad';
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad';
import { castGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cast_grad';
import { conv2DGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Conv2D_grad';
import { identityGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Identity_grad';
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad';
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad';
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad';

/** Registers the gradients of the network's forward pass and of the sum over the batch. */
export function registerGradients(): void {
  for (const gradient of [
    addGradConfig,
    avgPoolGradConfig,
    batchMatMulGradConfig,
    castGradConfig,
    conv2DGradConfig,
    identityGradConfig,
    reluGradConfig,
    reshapeGradConfig,
    sumGradConfig,
  ]) {
    registerGradient(gradient);
  }
}
