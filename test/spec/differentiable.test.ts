import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tested } from '../../scripts/readme.ts';
import * as autograd from '../../src/autograd.ts';
import { root } from '../../src/scenario/root.ts';
import { exampleFolder, printed, promised, typeErrors } from '../fixtures/example.ts';

const page = readFileSync(new URL('spec/differentiable.md', root), 'utf8');

test('every function that rmsproof/autograd exports stands on its page', () => {
  const named = new Set([...page.matchAll(/`([A-Za-z_]+)[(`]/g)].map(([, name]) => name!));
  const functions = Object.keys(autograd).map((name) => name.replace(/_$/, ''));
  expect(functions.filter((name) => !named.has(name))).toEqual([]);
  const written = Object.keys(autograd).filter((name) => name.endsWith('_'));
  expect(written.map((name) => name.slice(0, -1)).toSorted()).toEqual(
    'add addcdiv addcmul div lerp mul sqrt sub'.split(' '),
  );
});

test.each(['example.ts', 'member.ts'])(
  '%s of the page has the right types and prints what its comment says',
  (name) => {
    const example = tested(page, name);
    const folder = exampleFolder({ [name]: example });
    expect(typeErrors(folder, [name])).toBe('');
    expect(promised(example)).toMatch(/\d/);
    expect(printed(folder, name)).toBe(promised(example));
  },
);

test('without it nothing goes back, and what was recorded says so', () => {
  const head = "import { RMSprop, Tensor } from 'rmsproof';\n";
  const recorded = `const w = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
w.grad = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(1), requires_grad: true });
new RMSprop([w], { differentiable: true }).step();
const said = (act: () => void) => { try { act(); } catch (error) { console.log(String(error)); } };
console.log(w.grad_fn?.name, w.requires_grad);
said(() => w.backward());\n`;
  const later = "await import('rmsproof/autograd');\nsaid(() => w.backward());\n";
  const folder = exampleFolder({ 'late.ts': head + recorded + later });
  expect(printed(folder, 'late.ts')).toBe(
    [
      'AddcdivBackward0 true',
      'Error: backward: expected a graph of operations; import rmsproof/autograd first',
      'Error: AddcdivBackward0 was recorded before rmsproof/autograd was imported: nothing goes back through it',
      '',
    ].join('\n'),
  );
});
