/** TensorFlow.js in plain JavaScript. */
import '@tensorflow/tfjs-backend-cpu';
import { portOver } from './port.js';

export default await portOver('cpu');
