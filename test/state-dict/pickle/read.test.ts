import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../../src/state-dict/checkpoint-error.ts';
import { OP } from '../../../src/state-dict/pickle/opcodes.ts';
import { readTree } from '../../../src/state-dict/read-tree.ts';
import { described } from '../described.ts';
import { archive, bytes, checkpoint, storage, tensor, text, u32, u64 } from '../hostile.ts';

/** Where data.pkl begins in an archive that begins with it. */
const START = 30 + 'a/data.pkl'.length;

const read = (pickle: Uint8Array): unknown =>
  described(readTree(checkpoint(pickle, [{ name: 'a/data/0', data: new Uint8Array(8) }])).root);

const int = (value: number | bigint): unknown => ({ int: String(value) });
const list = (...items: unknown[]): unknown => ({ list: items });
const tuple = (...items: unknown[]): unknown => ({ tuple: items });
const dict = (...entries: unknown[]): unknown => ({ dict: entries });
const floats = (zeros: number): string => Array.from({ length: zeros }, () => '00000000').join(' ');
const tensorOf = (shape: number[], strides: number[]): unknown => ({
  ...{ tensor: 'float32', shape, strides, device: 'cpu', parameter: false },
  bits: floats(shape.reduce((a, b) => a * b, 1)),
});

describe('every opcode of protocols 0 to 5', () => {
  const good: readonly [keyof typeof OP, Uint8Array, unknown][] = [
    ['NONE', bytes('N.'), null],
    ['NEWTRUE', bytes('\x88.'), true],
    ['NEWFALSE', bytes('\x89.'), false],
    ['INT', bytes('I-70\n.'), int(-70)],
    ['INT', bytes('I01\n.'), true],
    ['INT', bytes('I00\n.'), false],
    ['LONG', bytes('L9007199254740993L\n.'), int(9007199254740993n)],
    ['LONG', bytes('L-5\n.'), int(-5)],
    ['BININT', bytes('J', u32(0xffffffff), '.'), int(-1)],
    ['BININT1', bytes('K\xff.'), int(255)],
    ['BININT2', bytes('M\x00\x01.'), int(256)],
    ['LONG1', bytes('\x80\x02\x8a\x01\xff.'), int(-1)],
    ['LONG1', bytes('\x80\x02\x8a\x00.'), int(0)],
    ['LONG1', bytes('\x80\x02\x8a\x09', u64(0n), '\x01.'), int(2n ** 64n)],
    ['LONG4', bytes('\x8b', u32(2), '\x00\x01.'), int(256)],
    ['FLOAT', bytes('F0.5\n.'), { float: '0.5' }],
    ['FLOAT', bytes('F-inf\n.'), { float: '-inf' }],
    ['FLOAT', bytes('Fnan\n.'), { float: 'nan' }],
    ['FLOAT', bytes('F1e-3\n.'), { float: '0.001' }],
    ['BINFLOAT', bytes('G\x3f\xe0\0\0\0\0\0\0.'), { float: '0.5' }],
    ['STRING', bytes("S'a\\n\\x41\\'\\101\\q'\n."), "a\nA'A\\q"],
    ['STRING', bytes('S"a"\n.'), 'a'],
    ['BINSTRING', bytes('T', u32(1), '\xfc.'), 'ü'],
    ['SHORT_BINSTRING', bytes('U\x01a.'), 'a'],
    ['UNICODE', bytes('Va\\u000a\\U0001f600\\n\n.'), 'a\n\u{1f600}\\n'],
    ['BINUNICODE', bytes(text('ü'), '.'), 'ü'],
    ['BINUNICODE', bytes('X', u32(5), 'a\xed\xa0\x80b.'), 'a\ud800b'],
    ['SHORT_BINUNICODE', bytes('\x8c\x01a.'), 'a'],
    ['BINUNICODE8', bytes('\x8d', u64(1n), 'a.'), 'a'],
    ['BINBYTES', bytes('B', u32(1), 'a.'), { bytes: '61' }],
    ['SHORT_BINBYTES', bytes('C\x01a.'), { bytes: '61' }],
    ['BINBYTES8', bytes('\x8e', u64(1n), 'a.'), { bytes: '61' }],
    ['BYTEARRAY8', bytes('\x96', u64(1n), 'a.'), { bytes: '61' }],
    ['EMPTY_LIST', bytes('].'), list()],
    ['LIST', bytes('(K\x01K\x02l.'), list(int(1), int(2))],
    ['APPEND', bytes(']K\x01a.'), list(int(1))],
    ['APPENDS', bytes('](K\x01K\x02e.'), list(int(1), int(2))],
    ['EMPTY_TUPLE', bytes(').'), tuple()],
    ['TUPLE', bytes('(K\x01K\x02K\x03K\x04t.'), tuple(int(1), int(2), int(3), int(4))],
    ['TUPLE1', bytes('K\x01\x85.'), tuple(int(1))],
    ['TUPLE2', bytes('K\x01K\x02\x86.'), tuple(int(1), int(2))],
    ['TUPLE3', bytes('K\x01K\x02K\x03\x87.'), tuple(int(1), int(2), int(3))],
    ['EMPTY_DICT', bytes('}.'), dict()],
    ['DICT', bytes('(K\x01K\x02d.'), dict([int(1), int(2)])],
    ['SETITEM', bytes('}K\x01K\x02s.'), dict([int(1), int(2)])],
    ['SETITEMS', bytes('}(K\x01K\x02K\x03K\x04u.'), dict([int(1), int(2)], [int(3), int(4)])],
    ['EMPTY_SET', bytes('\x8f.'), { set: [] }],
    ['ADDITEMS', bytes('\x8f(K\x01\x90.'), { set: [int(1)] }],
    ['FROZENSET', bytes('(K\x01\x91.'), { frozenset: [int(1)] }],
    ['MARK', bytes('((K\x01tt.'), tuple(tuple(int(1)))],
    ['POP', bytes('K\x01K\x020.'), int(1)],
    ['POP', bytes('K\x01(0.'), int(1)],
    ['POP_MARK', bytes('K\x01(K\x02K\x031.'), int(1)],
    ['DUP', bytes('K\x012\x86.'), tuple(int(1), int(1))],
    ['PUT', bytes('K\x01p5\n0g5\n.'), int(1)],
    ['GET', bytes('K\x01p5\n0g5\n.'), int(1)],
    ['BINPUT', bytes('K\x01q\x050h\x05.'), int(1)],
    ['BINGET', bytes('K\x01q\x050h\x05.'), int(1)],
    ['LONG_BINPUT', bytes('K\x01r', u32(70000), '0j', u32(70000), '.'), int(1)],
    ['LONG_BINGET', bytes('K\x01r', u32(70000), '0j', u32(70000), '.'), int(1)],
    ['MEMOIZE', bytes('K\x01\x940h\0.'), int(1)],
    ['PROTO', bytes('\x80\x05N.'), null],
    ['FRAME', bytes('\x80\x04\x95', u64(2n), 'N.'), null],
    ['GLOBAL', bytes('ctorch\nfloat32\n.'), { dtype: 'float32' }],
    ['STACK_GLOBAL', bytes('\x8c\x05torch\x8c\x07float32\x93.'), { dtype: 'float32' }],
    ['REDUCE', bytes('ccollections\nOrderedDict\n)R.'), { OrderedDict: [] }],
    [
      'REDUCE',
      bytes('ccollections\nOrderedDict\n((lK\x01K\x02\x86atR.'.replace('((lK', '((lp0\nK')),
      { OrderedDict: [[int(1), int(2)]] },
    ],
    ['REDUCE', bytes('ctorch\nSize\n((K\x02tt', 'R.'), { size: [int(2)] }],
    ['REDUCE', bytes('ctorch\ndevice\n(', text('cuda'), 'K\x01tR.'), { device: 'cuda:1' }],
    ['REDUCE', bytes('c_codecs\nencode\n(', text('ÿ'), text('latin1'), 'tR.'), { bytes: 'ff' }],
    ['REDUCE', bytes('cbuiltins\nset\n((lp0\nK\x01atR.'), { set: [int(1)] }],
    ['REDUCE', bytes('c__builtin__\nfrozenset\n)R.'), { frozenset: [] }],
    ['REDUCE', bytes('cbuiltins\nbytearray\n)R.'), { bytes: '' }],
    ['REDUCE', bytes('cbuiltins\nbytearray\n(C\x01atR.'), { bytes: '61' }],
    ['REDUCE', bytes('cbuiltins\ncomplex\n(F1.5\nF2.0\ntR.'), { complex: ['1.5', '2.0'] }],
    ['BUILD', bytes('ccollections\nOrderedDict\n)R}b.'), { OrderedDict: [] }],
    ['INST', bytes('(icollections\nOrderedDict\n.'), { OrderedDict: [] }],
    ['OBJ', bytes('(ccollections\nOrderedDict\no.'), { OrderedDict: [] }],
    ['NEWOBJ', bytes('ccollections\nOrderedDict\n)\x81.'), { OrderedDict: [] }],
    ['NEWOBJ_EX', bytes('ccollections\nOrderedDict\n)}\x92.'), { OrderedDict: [] }],
    ['BINPERSID', tensor('K\x02\x85', 'K\x01\x85'), tensorOf([2], [1])],
    ['STOP', bytes('N.'), null],
  ];

  test.each(good)('%s: %#', (_, pickle, expected) => {
    expect(read(pickle)).toEqual(expected);
  });

  test('of equal keys the first stays, with the last value', () => {
    expect(read(bytes('}(K\x01K\x02F1.0\nK\x03\x88K\x04u.'))).toEqual(dict([int(1), int(4)]));
  });

  const refused: readonly [keyof typeof OP, Uint8Array, number, string][] = [
    ['PERSID', bytes('Pkey\n.'), 0, 'expected a tuple that names a storage, got a str'],
    [
      'EXT1',
      bytes('\x82\x01.'),
      0,
      'expected an opcode of pickle protocols 0 to 5, got EXT1, which no checkpoint needs',
    ],
    [
      'EXT2',
      bytes('\x83\x01\0.'),
      0,
      'expected an opcode of pickle protocols 0 to 5, got EXT2, which no checkpoint needs',
    ],
    [
      'EXT4',
      bytes('\x84', u32(1), '.'),
      0,
      'expected an opcode of pickle protocols 0 to 5, got EXT4, which no checkpoint needs',
    ],
    [
      'NEXT_BUFFER',
      bytes('\x97.'),
      0,
      'expected an opcode of pickle protocols 0 to 5, got NEXT_BUFFER, which no checkpoint needs',
    ],
    [
      'READONLY_BUFFER',
      bytes('N\x98.'),
      1,
      'expected an opcode of pickle protocols 0 to 5, got READONLY_BUFFER, which no checkpoint needs',
    ],
  ];

  test.each(refused)('%s is refused', (_, pickle, at, message) => {
    expect(() => read(pickle)).toThrow(new CheckpointError(START + at, message));
  });

  test('there is no other', () => {
    const tried = new Set([...good, ...refused].map(([name]) => name));
    expect(Object.keys(OP).filter((name) => !tried.has(name as keyof typeof OP))).toEqual([]);
    const codes = new Set<number>(Object.values(OP));
    for (let code = 0; code < 256; code++)
      if (!codes.has(code))
        expect(() => read(bytes(code))).toThrow(
          `expected an opcode of pickle protocols 0 to 5, got 0x${code.toString(16).padStart(2, '0')}`,
        );
  });
});

describe('misuse', () => {
  const tupleTower = (depth: number): string => `)${Array.from({ length: depth }, () => '2\x86').join('')}`;
  test.each<[string, Uint8Array, number | 'R' | 'Q' | '.', string]>([
    [
      'a global that runs',
      bytes('cos\nsystem\n(', text('true'), 'tR.'),
      0,
      "expected data, got the global os.system, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it",
    ],
    [
      'the same by STACK_GLOBAL',
      bytes('\x8c\x02os\x8c\x06system\x93)R.'),
      12,
      "expected data, got the global os.system, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it",
    ],
    [
      'the same by INST',
      bytes('(ios\nsystem\n.'),
      1,
      "expected data, got the global os.system, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it",
    ],
    [
      'a name of a prototype',
      bytes('c__proto__\nconstructor\n.'),
      0,
      "expected data, got the global __proto__.constructor, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it",
    ],
    [
      'a name that names more',
      bytes('ctorch\n_utils._rebuild_tensor_v2.__globals__\n.'),
      0,
      "expected data, got the global torch._utils._rebuild_tensor_v2.__globals__, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it",
    ],
    [
      'a whole optimizer',
      bytes('ctorch.optim.rmsprop\nRMSprop\n)\x81.'),
      0,
      'expected a state dict, got a whole RMSprop object (torch.optim.rmsprop.RMSprop): save optimizer.state_dict() in its place',
    ],
    [
      'a scripted module',
      bytes('c__torch__.net\nNet\n)\x81.'),
      0,
      'expected a state dict, got a TorchScript object (__torch__.net.Net)',
    ],
    [
      'a global as a value',
      bytes('ccollections\nOrderedDict\n.'),
      25,
      'expected data, got the global collections.OrderedDict as a value',
    ],
    ['a storage as a value', bytes(storage(), '.'), '.', 'expected data, got a storage as a value'],
    [
      'an element type that is called',
      bytes('ctorch\nfloat32\n)R.'),
      16,
      'expected something that can be made, got a dtype',
    ],
    ['a list that is called', bytes('])R.'), 2, 'expected something that can be made, got a list'],
    [
      'arguments that are no tuple',
      bytes('ccollections\nOrderedDict\n]R.'),
      26,
      'expected a tuple of arguments, got a list',
    ],
    [
      'keyword arguments',
      bytes('ccollections\nOrderedDict\n)}K\x01K\x01s\x92.'),
      32,
      'expected no keyword arguments, got a dict',
    ],
    ['an object of nothing', bytes('(o.'), 1, 'expected a class to make an object of, got nothing'],
    ['attributes of a list', bytes(']}b.'), 2, 'expected an OrderedDict to give attributes to, got a list'],
    [
      'attributes that are no dictionary',
      bytes('ccollections\nOrderedDict\n)R]b.'),
      28,
      'expected a dictionary of attributes, got a list',
    ],
    ['an empty stack', bytes('.'), 0, 'expected a value on the stack, got nothing'],
    ['a stack that is left', bytes('NN.'), 2, 'expected one value at the end, got more on the stack'],
    ['a mark that is left', bytes('(N.'), 2, 'expected one value at the end, got more on the stack'],
    ['no mark', bytes('t.'), 0, 'expected a mark on the stack, got none'],
    ['marks without end', bytes('('.repeat(300)), 200, 'expected at most 200 marks at once, got more'],
    ['two values of one', bytes('N\x86.'), 1, 'expected 2 values on the stack, got 1'],
    ['a list that is none', bytes('}Na.'), 2, 'expected a list to append to, got a dict'],
    ['a set that is none', bytes(']((e(K\x01\x90.'.replace('((e', '')), 4, 'expected a set to add to, got a list'],
    ['a dictionary that is none', bytes(']NNs.'), 3, 'expected a dictionary to set items of, got a list'],
    ['a key without a value', bytes('}(Nu.'), 3, 'expected a value for every key, got a key more'],
    ['a key that is a list', bytes('}]Ns.'), 3, 'expected a key that can be hashed, got a list'],
    [
      'a key that is long',
      bytes('}', text('k'.repeat(5000)), 'Ns.'),
      5007,
      'expected a key that can be hashed, got a str',
    ],
    ['a key that grows', bytes('}', tupleTower(60), 'Ns.'), 123, 'expected a key that can be hashed, got a tuple'],
    ['nothing in the memo', bytes('h\0.'), 0, 'expected something in the memo at 0, got nothing'],
    ['an index that is none', bytes('g-1\n.'), 0, 'expected an index of the memo'],
    ['nothing to remember', bytes('q\0.'), 0, 'expected a value on the stack, got nothing'],
    ['a name that is no text', bytes('K\x01K\x01\x93.'), 4, 'expected a module and a name, got a int and a int'],
    ['protocol 6', bytes('\x80\x06N.'), 0, 'expected a pickle of protocol 0 to 5, got 6'],
    [
      'a frame of more than there is',
      bytes('\x95', u64(2n ** 40n), 'N.'),
      0,
      'expected a frame inside the pickle, got one of 1099511627776 bytes',
    ],
    [
      'a frame of more than any',
      bytes('\x95', u64(2n ** 63n), 'N.'),
      1,
      'expected a frame of at most 2^53, got 9223372036854775808',
    ],
    [
      'an integer that is long',
      bytes('\x8b', u32(2 ** 30), '.'),
      5,
      'expected an integer of at most 1024 bytes, got 1073741824',
    ],
    [
      'an integer of negative length',
      bytes('\x8b', u32(0xffffffff), '.'),
      5,
      'expected an integer of at most 1024 bytes, got -1',
    ],
    ['an integer that is none', bytes('I0x10\n.'), 1, 'expected a decimal integer, got "0x10"'],
    [
      'an integer of many digits',
      bytes(`I${'9'.repeat(5000)}\n.`),
      1,
      `expected a decimal integer, got "${'9'.repeat(40)}"`,
    ],
    ['a float that is none', bytes('F1_0\n.'), 1, 'expected a float, got "1_0"'],
    ['a text of negative length', bytes('T', u32(0xffffffff), '.'), 0, 'expected a length, got -1'],
    ['a text without quotes', bytes('Sa\n.'), 1, 'expected a text in quotes, got "a"'],
    ['a text that is no UTF-8', bytes('X', u32(1), '\xff.'), 5, 'expected UTF-8, got other bytes'],
    [
      'a text that does not end',
      bytes('X', u32(2 ** 31), 'a'),
      5,
      'expected 2147483648 bytes of a text, got the end after 1',
    ],
    ['a line that does not end', bytes('I5'), 1, 'expected a line of an integer, got the end'],
    ['no end', bytes('N'), 1, 'expected 1 bytes of an opcode, got the end after 0'],
    ['more behind the end', bytes('N.N'), 2, 'expected the end of a/data.pkl, got 1 more bytes'],
    ['a list that holds itself', bytes(']q\0h\0a.'), 6, 'expected a tree, got a container that holds itself'],
    [
      'a dictionary that holds itself',
      bytes('}q\0K\x01h\0s.'),
      8,
      'expected a tree, got a container that holds itself',
    ],
    [
      'containers that are deep',
      bytes(']'.repeat(250), 'a'.repeat(249), '.'),
      499,
      'expected containers at most 200 deep, got deeper ones',
    ],
    [
      'tuples of a tuple twice, many times',
      bytes(tupleTower(60), '.'),
      '.',
      'expected at most 4194304 values, got more by repeating them',
    ],
    [
      'a tensor beyond its storage',
      tensor('K\x03\x85', 'K\x01\x85'),
      'R',
      'expected a tensor of shape [3] inside its storage of 2 elements, got one that reaches element 3',
    ],
    [
      'a tensor of an offset beyond it',
      tensor('K\x01\x85', 'K\x01\x85', 'K\x02'),
      'R',
      'expected a tensor of shape [1] inside its storage of 2 elements, got one that reaches element 3',
    ],
    [
      'a tensor of a size below zero',
      tensor('J\xff\xff\xff\xff\x85', 'K\x01\x85'),
      'R',
      'expected a non-negative integer as size, got -1',
    ],
    [
      'a tensor of strides below zero',
      tensor('K\x01\x85', 'J\xff\xff\xff\xff\x85'),
      'R',
      'expected a non-negative integer as stride, got -1',
    ],
    [
      'a tensor with a stride too few',
      tensor('K\x01K\x01\x86', 'K\x01\x85'),
      'R',
      'expected a stride for each of 2 dimensions, got 1',
    ],
    [
      'a tensor of many dimensions',
      tensor(`(${'K\x01'.repeat(65)}t`, 'K\x01\x85'),
      'R',
      'expected at most 64 dimensions, got 65',
    ],
    ['a tensor without a shape', tensor('N', 'N'), 'R', 'expected the size of a tensor, got None'],
    [
      'a tensor that is wide',
      tensor(`J${Buffer.from(u32(2 ** 30)).toString('latin1')}\x85`, 'K\0\x85'),
      'R',
      'expected tensors of the size of what is stored, got one of shape [1073741824]',
    ],
    [
      'a tensor that is wider than numbers',
      tensor(`(${'\x8a\x07\0\0\0\0\0\0\x01'.repeat(3)}t`, '(K\0K\0K\0t'),
      'R',
      'expected a tensor of shape [281474976710656, 281474976710656, 281474976710656] inside its storage of 2 elements, got one that reaches element 1',
    ],
    [
      'a tensor over no storage',
      bytes('ctorch._utils\n_rebuild_tensor_v2\n(NK\0))\x89}tR.'),
      'R',
      'expected a storage, got None',
    ],
    [
      'a tensor of untyped bytes',
      bytes(
        'ctorch._utils\n_rebuild_tensor_v2\n(',
        storage('K\x08', '0', 'ctorch.storage\nUntypedStorage\n'),
        'K\0))\x89}tR.',
      ),
      'R',
      'expected a storage of one element type, got untyped bytes',
    ],
    [
      'a parameter over no tensor',
      bytes('ctorch._utils\n_rebuild_parameter\n(N\x88)tR.'),
      38,
      'expected a tensor as parameter, got None',
    ],
    [
      'a storage that is not there',
      bytes(storage('K\x02', '7'), '.'),
      'Q',
      'expected an entry a/data/7 of the archive, got none',
    ],
    [
      'a storage of more than there is',
      bytes(storage('J\xff\xff\xff\x7f'), '.'),
      'Q',
      'expected 8589934588 bytes of storage "0", got 8',
    ],
    [
      'a storage of less than nothing',
      bytes(storage('J\xff\xff\xff\xff'), '.'),
      'Q',
      'expected a number of elements, got -1',
    ],
    ['a storage of another name', bytes('(', text('module'), 'tQ.'), 13, 'expected a storage, got "module"'],
    ['a storage of no class', bytes(storage('K\x02', '0', 'N'), '.'), 'Q', 'expected a class of storages, got None'],
    [
      'one storage of two sizes',
      bytes(storage('K\x01'), '0', storage('K\x02'), '.'),
      'Q',
      'expected storage "0" as before, got another type, size or device',
    ],
    ['a device without a name', bytes('ctorch\ndevice\n(K\x01tR.'), 18, 'expected the name of a device, got a int'],
    [
      'an encoding that is another',
      bytes('c_codecs\nencode\n(', text('a'), text('utf8'), 'tR.'),
      33,
      'expected a text to encode as latin1',
    ],
    [
      'a text beyond its encoding',
      bytes('c_codecs\nencode\n(', text('\u{100}'), text('latin1'), 'tR.'),
      36,
      'expected a text of latin1',
    ],
    ['a complex number of integers', bytes('cbuiltins\ncomplex\n(K\x01K\x01tR.'), 24, 'expected a float, got a int'],
    ['a set of no list', bytes('cbuiltins\nset\n(K\x01tR.'), 18, 'expected a list, got a int'],
    [
      'an OrderedDict of no pairs',
      bytes('ccollections\nOrderedDict\n((lp0\n)atR.'),
      'R',
      'expected pairs of an OrderedDict',
    ],
    [
      'a list that is an argument many times',
      bytes('](', 'N'.repeat(20_000), 'eq\0', 'cbuiltins\nset\nh\0\x85R0'.repeat(13), 'cbuiltins\nset\nh\0\x85R'),
      'R',
      'expected fewer arguments: the limit is reached',
    ],
  ])('%s is refused', (_, pickle, at, message) => {
    let error: unknown;
    try {
      read(pickle);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message.replace(/^byte \d+: /, '')).toBe(message);
    // An opcode stands for the last of its kind.
    const offset = typeof at === 'number' ? at : pickle.lastIndexOf(at.charCodeAt(0));
    expect((error as CheckpointError).place, 'place').toBe(`byte ${START + offset}`);
  });

  test('keys of prototypes are keys like others', () => {
    const tree = read(bytes('}(', text('__proto__'), 'K\x01', text('constructor'), 'K\x02u.'));
    expect(tree).toEqual(dict(['__proto__', int(1)], ['constructor', int(2)]));
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('in what was compressed the place is that of the inflated bytes', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const pickle = bytes('NNN.');
    const data = new Uint8Array(deflateRawSync(pickle));
    const { crc32 } = await import('../../../src/state-dict/zip/crc32.ts');
    const file = archive([{ name: 'a/data.pkl', data, method: 8, crc: crc32(pickle), size: 4 }]);
    expect(() => readTree(file)).toThrow(
      new CheckpointError('byte 3 of the inflated a/data.pkl', 'expected one value at the end, got more on the stack'),
    );
  });

  test('limits can be set', () => {
    expect(() => readTree(checkpoint(bytes('N'.repeat(500), '.')), { opcodes: -300 })).toThrow(
      'expected fewer opcodes: the limit is reached',
    );
  });
});
