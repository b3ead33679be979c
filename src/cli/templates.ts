/**
 * What `rmsproof init` writes.
 */

/** An adapter to fill in: it has the right types, and says in its own words what is missing. */
export const ADAPTER: string = `/**
 * How rmsproof drives your optimizer. Fill in what says "mend me", then run:
 *
 *     npx rmsproof doctor ./my-port.ts     tries this file
 *     npx rmsproof check ./my-port.ts      tries your optimizer
 *
 * Members may return promises. spec/adapter.md of the package has all members, spec/needs.md the words of \`supports\`.
 */
import type { Port } from 'rmsproof/port';
// import { RMSprop } from './your-optimizer.ts';

/** What your optimizer trains: here an array and its gradient. */
interface MyTensor {
  data: Float32Array;
  grad: Float32Array | null;
}

/** Your optimizer. */
interface MyOptimizer {
  step(): void;
  options: Record<string, unknown>;
}

const port: Port<MyTensor, MyOptimizer> = {
  name: 'my-port',

  // What your optimizer has. It is judged on this alone, and what it does not claim is shown as unsupported. Begin with little,
  // then add 'momentum', 'centered', 'weight_decay', 'none-gradients', 'lr-change', 'state', 'groups', ...
  supports: ['numbers', 'float32'],

  // Makes a tensor of the elements \`data\`, a Float32Array that is yours to keep; \`shape\` and \`dtype\` are there too.
  tensor: ({ data }) => ({ data: data as Float32Array, grad: null }),

  // The present elements, in C order.
  read: (tensor) => tensor.data,

  // Sets the gradient. null is PyTorch's None, and comes only if 'none-gradients' is claimed.
  setGrad: (tensor, grad) => {
    tensor.grad = grad as Float32Array | null;
  },

  // Makes an optimizer. Options have PyTorch's names (lr, alpha, eps, momentum, centered, weight_decay), and only those are there
  // that a case asks for: for the others your own defaults are tried.
  optimizer: ([group], options) => {
    throw new Error(\`mend me: make your optimizer of \${group!.params.length} tensors with \${JSON.stringify(options)}\`);
  },

  // One step.
  step: (optimizer) => optimizer.step(),

  // With 'lr-change': sets an option in mid-run.
  // setOption: (optimizer, _group, name, value) => {
  //   optimizer.options[name] = value;
  // },

  // With 'state': the buffers of a tensor by PyTorch's names, undefined before its first step.
  // state: (optimizer, tensor) => ({ square_avg: optimizer.squares.get(tensor) }),

  // With 'resume': goes on from a checkpoint, and gives one. \`state\` is a Map from tensor to its buffers by PyTorch's names and \`step\`.
  // load: (optimizer, { groups, state }) => {
  //   Object.assign(optimizer.options, groups[0]!.options);
  //   for (const [tensor, own] of state) optimizer.squares.set(tensor, Float32Array.from(own['square_avg'] as Float32Array));
  // },
  // save: (optimizer) => ({ groups: [{ params: optimizer.params, options: optimizer.options }], state: optimizer.state }),
};

export default port;
`;

/** A workflow of GitHub Actions. */
export const WORKFLOW: string = `# Holds the port against what real PyTorch computed, at every push.
name: rmsproof
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx rmsproof check ./my-port.ts --reporter console github junit=reports/rmsproof.xml html=reports/rmsproof.html
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: rmsproof
          path: reports
`;
