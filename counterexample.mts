// step 1, p0[1, 0]: expected 0 (00000000), got -0 (80000000)
// npx rmsproof fuzz /work/main/test/fixtures/ports/typed-arrays.ts --against port --seed 1 --path 65:1:0:1:0:0:0:1:0:0:0:0:0:0:0:0:4:3:3:3:3:3:3:4:4:4:4:5:3:8:3:3:3:3:4
import exported from './test/fixtures/ports/typed-arrays.ts';

function elements(dtype: 'float32' | 'float64', bits: string): Float32Array | Float64Array {
  const patterns = bits === '' ? [] : bits.split(' ');
  const view = new DataView(new ArrayBuffer(8));
  const numbers = patterns.map((pattern) => {
    for (let i = 0; i < pattern.length / 2; i++) view.setUint8(i, parseInt(pattern.slice(2 * i, 2 * i + 2), 16));
    return dtype === 'float32' ? view.getFloat32(0) : view.getFloat64(0);
  });
  return dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers);
}

function show(label: string, x: ArrayLike<number>): void {
  const view = new DataView(new ArrayBuffer(8));
  const bits = Array.from(x, (v) => {
    if (x instanceof Float32Array) view.setFloat32(0, v);
    else view.setFloat64(0, v);
    const bytes = Array.from({ length: x instanceof Float32Array ? 4 : 8 }, (_, i) => view.getUint8(i));
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  console.log(label, Array.from(x), bits);
}

const port = typeof exported === 'function' ? await exported({ version: '2.13.0', arithmetic: 'separate' }) : exported;
const p0 = await port.tensor({ name: 'p0', dtype: 'float32', shape: [2,2], data: elements('float32', '00000000 3f800000 80000000 3f800000'), parameter: true, leaf: true });
const opt = await port.optimizer([{ params: [p0], options: {} }], {  });
await port.setOption!(opt, 0, 'lr', 0);
await port.setGrad(p0, null);
await port.step(opt);
show('step 1 p0', await port.read(p0));
console.log('state p0', await port.state?.(opt, p0));
await port.setGrad(p0, elements('float32', '3f800000 00000000 3f800000 00000000'));
await port.step(opt);
show('step 1 p0', await port.read(p0));
console.log('state p0', await port.state?.(opt, p0));
