/** TensorFlow.js in WebAssembly. */
import '@tensorflow/tfjs-backend-wasm';
import { portOver } from './port.js';

export default await portOver('wasm');
