/**
 * Puts the graph into the tensors of src/tensor, when it is imported.
 */
import { putGraph } from '../tensor/autograd.ts';
import { engine } from './engine.ts';

putGraph(engine);
