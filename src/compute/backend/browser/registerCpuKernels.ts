// The kernels of tfjs's CPU backend that the network and its attacks use, and no others.
import { registerKernel } from '@tensorflow/tfjs-core';
import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/AvgPool';
import { avgPoolGradConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/AvgPoolGrad';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast';
import { conv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Conv2D';
import { conv2DBackpropInputConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Conv2DBackpropInput';
import { expConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Exp';
import { expandDimsConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ExpandDims';
import { greaterConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Greater';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity';
import { lessConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Less';
import { logConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Log';
import { logicalAndConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalAnd';
import { maxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Max';
import { maximumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Maximum';
import { minimumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Minimum';
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply';
import { negConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Neg';
import { oneHotConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/OneHot';
import { realDivConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv';
import { reluConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape';
import { sliceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax';
import { softplusConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softplus';
import { stepConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Step';
import { subConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sub';
import { sumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sum';
import { tileConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Tile';
import { transposeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose';
import { fillConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Fill';

/** Registers the kernels of the CPU backend. */
export function registerCpuKernels(): void {
  for (const kernel of [
    addConfig,
    avgPoolConfig,
    avgPoolGradConfig,
    batchMatMulConfig,
    castConfig,
    conv2DConfig,
    conv2DBackpropInputConfig,
    expConfig,
    expandDimsConfig,
    greaterConfig,
    identityConfig,
    lessConfig,
    logConfig,
    logicalAndConfig,
    maxConfig,
    maximumConfig,
    minimumConfig,
    multiplyConfig,
    negConfig,
    oneHotConfig,
    realDivConfig,
    reluConfig,
    reshapeConfig,
    sliceConfig,
    softmaxConfig,
    softplusConfig,
    stepConfig,
    subConfig,
    sumConfig,
    tileConfig,
    transposeConfig,
    fillConfig,
  ]) {
    registerKernel(kernel);
  }
}
