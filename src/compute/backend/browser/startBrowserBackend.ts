// tfjs in a worker of the reader's browser: WebGL 2 on an OffscreenCanvas, else its CPU backend.
import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/webgl';
import { fusedGradients } from '../fusedGradients.ts';
import * as cpuKernels from './cpuKernels.ts';
import * as gradients from './gradients.ts';
import * as webglKernels from './webglKernels.ts';
// The methods of tensors that the network and its attacks call; the package's browser build leaves all out.
import '@tensorflow/tfjs-core/dist/public/chained_ops/add';
import '@tensorflow/tfjs-core/dist/public/chained_ops/expand_dims';
import '@tensorflow/tfjs-core/dist/public/chained_ops/greater';
import '@tensorflow/tfjs-core/dist/public/chained_ops/less';
import '@tensorflow/tfjs-core/dist/public/chained_ops/maximum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/minimum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/mul';
import '@tensorflow/tfjs-core/dist/public/chained_ops/relu';
import '@tensorflow/tfjs-core/dist/public/chained_ops/reshape';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sub';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sum';
import '@tensorflow/tfjs-core/dist/public/chained_ops/to_float';

/** What computes, as the widget states it. */
export interface Device {
  backend: 'webgl' | 'cpu';
  /** Width of the floats that the backend stores. */
  precision: 'float32' | 'float16';
  /** WebGL drawn by the processor, for want of a GPU. */
  software: boolean;
  /** Why it is the processor, unless for want of WebGL: "since WebGL failed". */
  because?: string;
}

export interface BrowserBackend {
  device: Device;
  /** Whether the device still answers; once it does not, nothing that it returned counts. */
  lost: () => boolean;
}

const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  depth: false,
  // Software is slower than a GPU and still faster than nothing: it is taken, and said.
  failIfMajorPerformanceCaveat: false,
};

const softwareRenderers = /swiftshader|llvmpipe|software|basic render/i;

/**
 * Starts the backend.
 *
 * tfjs is handed its context, since it makes none itself on an OffscreenCanvas in Safari and none in software.
 *
 * @param wanted `webgl` falls back to `cpu` where there is no WebGL 2 in a worker
 * @param onLost called when the browser takes the context away
 */
export async function startBrowserBackend(
  wanted: Device['backend'],
  onLost: () => void,
): Promise<BrowserBackend> {
  [...Object.values(gradients), ...fusedGradients].forEach(tf.registerGradient);
  const context = wanted === 'webgl' ? createContext() : undefined;
  if (context) {
    const { gl, software } = context;
    gl.canvas.addEventListener('webglcontextlost', onLost);
    setWebGLContext(2, gl);
    Object.values(webglKernels).forEach(tf.registerKernel);
    // Packing four values into a texel pays for large batches only, and costs shaders that have to be compiled first.
    tf.env().set('WEBGL_PACK', false);
    tf.registerBackend('webgl', () => new MathBackendWebGL());
    if (await tf.setBackend('webgl')) {
      const float32 = tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED');
      const precision = float32 ? 'float32' : 'float16';
      return { device: { backend: 'webgl', precision, software }, lost: () => gl.isContextLost() };
    }
  }
  Object.values(cpuKernels).forEach(tf.registerKernel);
  tf.registerBackend('cpu', () => new MathBackendCPU());
  await tf.setBackend('cpu');
  return { device: { backend: 'cpu', precision: 'float32', software: false }, lost: () => false };
}

function createContext(): { gl: WebGL2RenderingContext; software: boolean } | undefined {
  if (typeof OffscreenCanvas === 'undefined') return undefined;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', attributes);
  if (!gl) return undefined;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = names && gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  return { gl, software: softwareRenderers.test(String(renderer)) };
}
