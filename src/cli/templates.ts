/**
 * What `rmsproof init` writes.
 */

/** An adapter around a small right optimizer, which the author replaces: it conforms as it is, and its name says what it is. */
export const ADAPTER: string = `/**
 * How rmsproof drives your optimizer. As it stands it drives an example: put your own in its place, step by step, and run:
 *
 *     npx rmsproof doctor ./my-port.ts            tries this file
 *     npx rmsproof check ./my-port.ts             tries your optimizer
 *     npx rmsproof check ./my-port.ts --update    promises what it claims, and accepts what is known to be wrong
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

/** The example: an RMSprop that has lr, alpha and eps, in float32. Your optimizer takes its place. */
class Example {
  options = { lr: 0.01, alpha: 0.99, eps: 1e-8 };
  squares = new Map<MyTensor, Float32Array>();
  params: readonly MyTensor[];

  constructor(params: readonly MyTensor[], options: object) {
    this.params = params;
    Object.assign(this.options, options);
  }

  step(): void {
    const r = Math.fround;
    const { lr, alpha, eps } = this.options;
    for (const param of this.params) {
      const v = this.squares.get(param) ?? new Float32Array(param.data.length);
      this.squares.set(param, v);
      param.grad?.forEach((g, i) => {
        v[i] = r(v[i]! * r(alpha)) + r(r(r(1 - alpha) * g) * g);
        param.data[i]! += r(r(r(-lr) * g) / r(r(Math.sqrt(v[i]!)) + r(eps)));
      });
    }
  }
}

const port: Port<MyTensor, Example> = {
  // Shown in reports.
  name: 'the example of rmsproof init',

  // What your optimizer has. It is judged on this alone, and what it does not claim is shown as unsupported. Begin with little,
  // then add 'momentum', 'centered', 'weight_decay', 'none-gradients', 'lr-change', 'state', 'groups', ...
  // An option that cannot be set is claimed with its value: 'eps=1e-8'.
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
  optimizer: ([group], options) => new Example(group!.params, options),

  // One step.
  step: (optimizer) => optimizer.step(),

  // With 'lr-change': sets an option in mid-run.
  // setOption: (optimizer, _group, name, value) => {
  //   Object.assign(optimizer.options, { [name]: value });
  // },

  // With 'state': the buffers of a tensor by PyTorch's names, undefined before its first step.
  // state: (optimizer, tensor) => {
  //   const square_avg = optimizer.squares.get(tensor);
  //   return square_avg && { square_avg };
  // },

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
      # rmsproof has to be in package-lock.json. Where it is in no registry that you use, commit its tarball and install that:
      #     mkdir -p vendor && cp PATH/rmsproof-VERSION.tgz vendor/ && npm install --save-dev ./vendor/rmsproof-VERSION.tgz
      - run: npm ci
      - run: npx rmsproof check ./my-port.ts --reporter console github junit=reports/rmsproof.xml html=reports/rmsproof.html
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: rmsproof
          path: reports
`;
