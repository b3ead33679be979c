/**
 * Validates what holds the state dict of an optimizer: finds it, names what it is, and says what PyTorch would do with it.
 */
import type { Reference } from '../tensor/aten.ts';
import type { Checkpoint } from '../state-dict/container.ts';
import { CheckpointError } from '../state-dict/checkpoint-error.ts';
import { elementType } from '../state-dict/element-type.ts';
import { FormatError } from '../state-dict/format-error.ts';
import { fromValue } from '../state-dict/from-value.ts';
import { LOST, treeFromJSON } from '../state-dict/json.ts';
import type { Node, TensorNode } from '../state-dict/node.ts';
import { numelOf } from '../state-dict/node.ts';
import { keyText } from '../state-dict/pickle/keys.ts';
import { readTree } from '../state-dict/read-tree.ts';
import { StoredTensor } from '../state-dict/stored-tensor.ts';
import { SCHEMAS } from '../state-dict/validate-schema.ts';
import { Tensor } from '../tensor/tensor.ts';
import { listed, stepOf, suspicions, type Suspicion } from './checks.ts';
import { dryRun, type DryOptions, type Outcome, REFERENCES } from './dry-run.ts';
import { type Code, CODES, type Finding, SEVERITIES, type Severity } from './finding.ts';
import { type Located, locate, namesOf, plainForm } from './layouts.ts';
import { alone, buffersOf, type Model, modelOf } from './model.ts';
import type { Numbers } from './numbers.ts';
import { optimizerOf } from './optimizers.ts';

/** How a state dict is validated. */
export interface ValidateOptions {
  /** The version of PyTorch that it is for; all that are known by default. */
  readonly reference?: Reference;
  /** JSON pointer, without its first slash, of the optimizer that is meant where there are several. */
  readonly key?: string;
  /** What the optimizer was constructed with that will load it: said is what the file replaces. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Shapes of the parameters that it will be loaded over, in order. */
  readonly shapes?: readonly (readonly number[])[];
  /** Names of these parameters. */
  readonly names?: readonly string[];
}

/** What was found in a file. */
export interface Found {
  /** JSON pointer of the optimizer. */
  readonly pointer: string;
  readonly layout: string;
  /** Whose state it is: RMSprop, Adam or AdamW. */
  readonly optimizer: string;
  /** Which PyTorch wrote it, as far as it tells. */
  readonly kind: string;
  readonly parameters: number;
  readonly groups: number;
  /** Elements of all buffers. */
  readonly numbers: number;
  /** The least and the greatest step count. */
  readonly steps: readonly [number, number] | undefined;
  /** What each version did with the whole. */
  readonly outcomes: readonly Outcome[];
}

/** What is said of a state dict. */
export interface Validation {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Absent where no optimizer was found. */
  readonly found: Found | undefined;
  /** The state dict in the plain form. */
  readonly tree: Node | undefined;
}

/**
 * Validates a state dict, or what holds one: bytes of a .pt file, JSON in the format of spec/state-dict-json.md, or values as the
 * port and `readCheckpoint` give them. Never throws on data.
 */
export function validateStateDict(given: unknown, options: ValidateOptions = {}): Validation {
  try {
    if (given instanceof Uint8Array) return ofCheckpoint(readTree(given), options);
    if (holdsTensors(given, 0)) return validateTree(fromValue(given), options);
    return ofJSON(given, options);
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Validation {
  const message = error instanceof Error ? error.message : String(error);
  const only = (code: Code, pointer: string, text: string): Validation => ({
    ...{ findings: [{ code, severity: CODES[code], pointer, message: text }], found: undefined, tree: undefined },
  });
  if (error instanceof CheckpointError)
    return only(/got a whole /.test(message) ? 'pickled-optimizer' : 'unreadable', '', message);
  if (error instanceof FormatError)
    return only('not-in-the-format', error.pointer, message.slice(message.indexOf(': ') + 2));
  return only('not-in-the-format', '', message);
}

function ofJSON(json: unknown, options: ValidateOptions): Validation {
  const lost = lostState(json);
  const validation = validateTree(treeFromJSON(lost === undefined ? json : withoutLoss(json, lost)), options);
  const findings: Finding[] = validation.findings
    .filter(({ code }) => lost === undefined || code !== 'no-state')
    .slice();
  if (lost !== undefined)
    findings.push({ code: 'lost-state', severity: CODES['lost-state'], pointer: lost, message: LOST });
  const own = atPointer(json, validation.found?.pointer ?? '');
  // The narrow schemas have fewer alternatives to go through.
  const valid = SCHEMAS['2.4'](own) || SCHEMAS['before-2.4'](own) || SCHEMAS.any(own);
  // What is read is in the format; a schema has the last word on the optimizer's own part.
  if (!valid && lost === undefined && validation.found?.layout === 'state_dict()' && findings.every(isNoError)) {
    const [error] = SCHEMAS.any.errors!;
    const pointer = `${validation.found.pointer}${error!.instancePath}`;
    findings.push({
      code: 'not-in-the-format',
      severity: 'refused',
      pointer,
      message: `the schema of any state dict refuses it: ${error!.keyword}`,
    });
  }
  return { ...validation, findings: sorted(findings) };
}

function isNoError({ severity }: Finding): boolean {
  return severity === 'note' || severity === 'will train on wrongly';
}

/** The pointer of a state that is an empty object, up to a few levels down. */
function lostState(json: unknown, pointer = '', depth = 0): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || depth > 3) return undefined;
  const object = json as Readonly<Record<string, unknown>>;
  const { state } = object;
  if (Object.hasOwn(object, 'state') && Object.hasOwn(object, 'param_groups'))
    return typeof state === 'object' && state !== null && !Array.isArray(state) && Object.keys(state).length === 0
      ? `${pointer}/state`
      : undefined;
  for (const [key, value] of Object.entries(object)) {
    const found = lostState(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withoutLoss(json: unknown, pointer: string): unknown {
  const [, ...path] = pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const replaced = (value: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined
      ? { dict: [] }
      : { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest) };
  return replaced(json, path);
}

function atPointer(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((at: any, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], json);
}

/** Whether values are the port's own and not JSON. Lists of numbers are passed over. */
function holdsTensors(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > 8) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Tensor || value instanceof StoredTensor)
    return true;
  if (Array.isArray(value)) return typeof value[0] === 'object' && value.some((item) => holdsTensors(item, depth + 1));
  return Object.values(value).some((item) => holdsTensors(item, depth + 1));
}

/** Validates a .pt file that was read, and its form. */
export function ofCheckpoint(checkpoint: Checkpoint, options: ValidateOptions = {}): Validation {
  const { root, format, protocol, compressed } = checkpoint;
  const validation = validateTree(root, options);
  const findings: Finding[] = [...validation.findings];
  const note = (code: Code, message: string): void =>
    void findings.push({ code, severity: CODES[code], pointer: '', message });
  if (format === 'legacy')
    note('legacy-format', 'not a zip archive but the format before torch 1.6; every version reads it');
  if (compressed)
    note(
      'compressed',
      'some entries of the archive are compressed, as tools that pack again leave them: torch.load reads it, but not with mmap=True',
    );
  if (protocol > 3)
    note(
      'pickle-protocol',
      `pickle protocol ${protocol}: torch.load(weights_only=True), the default since 2.6, refuses it; save with protocol 2, or convert`,
    );
  return { ...validation, findings: sorted(findings) };
}

/** Validates a tree. */
export function validateTree(root: Node, options: ValidateOptions = {}): Validation {
  const located = locate(root);
  const wanted = options.key === undefined ? undefined : `/${options.key.replace(/^\//, '')}`;
  const chosen = wanted === undefined ? located : located.filter(({ pointer }) => pointer === wanted);
  if (chosen.length !== 1) return noneOrMany(root, located, wanted, options);
  const [one] = chosen as [(typeof located)[number]];
  const at = one.pointer;
  const { tree, missing } = plainForm(one);
  const findings: Finding[] = [];
  const say = (code: Code, message: string, pointer = at): void =>
    void findings.push({ code, severity: CODES[code], pointer, message });
  if (at !== '') say('lies-deeper', `the optimizer lies at ${at}: that is what load_state_dict takes`);
  const references = options.reference === undefined ? REFERENCES : [options.reference];
  if (one.form === 'by names') {
    const names = namesOf(one.node);
    say(
      'keyed-by-names',
      `keyed by names of parameters, but loaded by position: wrong if the model's parameters are not, in this order, ${listed(names, 20)}`,
    );
  }
  if (one.form === 'flattened')
    findings.push({
      ...{ code: 'flattened', pointer: at, outcomes: dryRun(one.node, references) },
      severity: CODES.flattened,
      message:
        "flattened by names of parameters: load_state_dict raises KeyError 'param_groups'; rmsproof convert --plain brings it into the plain form",
    });
  if (missing.length > 0) say('names-without-entry', `there is state but no options of ${listed(missing)}: left out`);
  const model = modelOf(tree);
  if (!('groups' in model)) {
    const outcomes = dryRun(tree, references);
    findings.push(
      tried(
        { code: model.missing ? 'missing-part' : 'wrong-type', pointer: at + model.pointer, message: model.message },
        outcomes,
      ),
    );
    return { findings: sorted(findings), found: undefined, tree };
  }
  const found = describe(model, one, references, options);
  findings.push(...ofModel(model, found, at, references, options));
  return { findings: sorted(capped(findings)), found, tree };
}

function noneOrMany(
  root: Node,
  located: ReturnType<typeof locate>,
  wanted: string | undefined,
  options: ValidateOptions,
): Validation {
  const references = options.reference === undefined ? REFERENCES : [options.reference];
  const places = located.map(({ pointer }) => pointer.slice(1));
  const code: Code = located.length > 1 && wanted === undefined ? 'several-optimizers' : 'no-optimizer';
  const message =
    wanted !== undefined && located.length > 0
      ? `expected an optimizer at ${wanted.slice(1)}; there are ${places.map((place) => place || '(the top)').join(', ')}`
      : located.length > 1
        ? `${located.length} optimizers: choose one with key: ${places.join(', ')}`
        : 'expected the state dict of an optimizer, with state and param_groups, up to four levels down; got none';
  const finding: Finding = { code, severity: CODES[code], pointer: '', message, outcomes: dryRun(root, references) };
  return { findings: [finding], found: undefined, tree: undefined };
}

/** What suspicions are tried for; of the others nothing raises by itself. */
const TRIED: ReadonlySet<Code> = new Set<Code>([
  ...(['wrong-type', 'missing-step', 'missing-square-avg', 'missing-momentum-buffer', 'missing-grad-avg'] as const),
  ...(['missing-option', 'filled-option', 'option-type', 'shapes-differ', 'element-type', 'step-type'] as const),
  ...(['number-of-step', 'shape-of-parameter'] as const),
]);

function ofModel(
  model: Model,
  found: Found,
  at: string,
  references: readonly Reference[],
  options: ValidateOptions,
): Finding[] {
  if (found.optimizer !== 'RMSprop') {
    const by = optimizerOf(model)!.by;
    const message = `a state dict of ${found.optimizer} (${by}), not of RMSprop`;
    return [tried({ code: 'other-optimizer', pointer: at, message }, found.outcomes)];
  }
  const numbers = new Map<TensorNode, Numbers>();
  const runs = new Map<Node, readonly Outcome[]>();
  const run = (shown: Node, how: DryOptions = {}): readonly Outcome[] => {
    if (how.device !== undefined || how.shapes !== undefined) return dryRun(shown, references, how);
    if (!runs.has(shown)) runs.set(shown, dryRun(shown, references));
    return runs.get(shown)!;
  };
  const findings = capped([...suspicions(model, numbers), ...ofNotes(model), ...ofExpected(model, options)]).map(
    (one): Finding => {
      const { code, message, shown } = one;
      const suspicion = { code, message, pointer: at + one.pointer };
      if (code === 'capturable-on-cpu' && !isOnCuda(model)) return tried(suspicion, run(shown!, { device: 'cpu' }));
      if (code === 'shape-of-parameter') return tried(suspicion, run(shown!, { shapes: (one as Shaped).shapes }));
      return TRIED.has(code)
        ? tried(suspicion, shown === undefined ? found.outcomes : run(shown))
        : { ...suspicion, severity: CODES[code] };
    },
  );
  const raised = found.outcomes.find((outcome) => outcome.raised !== undefined);
  if (
    raised?.raised !== undefined &&
    !findings.some(({ severity }) => severity === 'refused' || severity === 'will fail')
  ) {
    const { by, type, message } = raised.raised;
    const code: Code = by === 'step' ? 'step-raises' : 'loading-raises';
    findings.push({
      code,
      severity: CODES[code],
      pointer: at,
      message: `${type}: ${message}`,
      outcomes: found.outcomes,
    });
  }
  return findings;
}

interface Shaped extends Suspicion {
  readonly shapes: readonly (readonly number[])[];
}

/** A finding whose severity is what happened. */
function tried({ code, pointer, message }: Suspicion, outcomes: readonly Outcome[]): Finding {
  let severity: Severity = CODES[code];
  for (const { raised } of outcomes) {
    const happened = raised === undefined ? CODES[code] : raised.by === 'step' ? 'will fail' : 'refused';
    if (SEVERITIES.indexOf(happened) < SEVERITIES.indexOf(severity)) severity = happened;
  }
  const all = outcomes.every(({ raised }) => raised !== undefined);
  // Where something raises in every version, that is all that happens.
  if (all && CODES[code] === 'refused' && outcomes.every(({ raised }) => raised!.by === 'step')) severity = 'will fail';
  return outcomes.some(({ raised }) => raised !== undefined)
    ? { code, severity, pointer, message, outcomes }
    : { code, severity, pointer, message };
}

function ofNotes({ groups, entries }: Model): Suspicion[] {
  const found: Suspicion[] = [];
  if (entries.length === 0)
    found.push({
      code: 'no-state',
      pointer: '/state',
      message: 'no state: saved before the first step, there is nothing to resume but the options',
    });
  const tensors = entries.flatMap(buffersOf);
  const halves = new Set(
    tensors
      .map(([, { dtype }]) => dtype)
      .filter((dtype) => dtype !== 'float32' && dtype !== 'float64' && elementType(dtype).what === 'float'),
  );
  if (halves.size > 0)
    found.push({
      code: 'not-tried',
      pointer: '/state',
      message: `parameters of ${[...halves].join(', ')} were not tried, only such of float32 and float64`,
    });
  const devices = new Set(tensors.map(([, { storage }]) => storage.device).filter((device) => device !== 'cpu'));
  if (devices.size > 0)
    found.push({
      code: 'on-another-device',
      pointer: '/state',
      message: `tensors of ${[...devices].join(', ')}: without that device torch.load wants map_location='cpu'`,
    });
  const addresses = groups.flatMap(({ ids }) => ids).filter((id) => id.kind === 'int' && id.value >= 2 ** 32);
  if (addresses.length > 0)
    found.push({
      code: 'ids-are-addresses',
      pointer: '/param_groups/0/params',
      message: 'ids are addresses in memory, as torch before 1.5 wrote them; they are loaded by position all the same',
    });
  return found;
}

/** What differs from the optimizer that will load it. */
function ofExpected({ groups, entries }: Model, { options, shapes, names }: ValidateOptions): (Suspicion | Shaped)[] {
  const found: (Suspicion | Shaped)[] = [];
  for (const group of groups)
    for (const [option, value] of Object.entries(options ?? {})) {
      const saved = group.options.get(option);
      const shown = saved !== undefined && 'value' in saved ? saved.value : saved?.kind === 'none' ? null : undefined;
      if (saved !== undefined && shown !== value && saved.kind !== 'tensor')
        found.push({
          code: 'option-replaced',
          pointer: `${group.pointer}/${option}`,
          message: `${option} of the constructor, ${String(value)}, becomes ${String(shown)}`,
        });
    }
  const ids = shapes === undefined ? [] : groups.flatMap((group) => group.ids.map((id) => ({ group, id })));
  const byKey = new Map(entries.map((one) => [one.key, one]));
  for (const [i, { group, id }] of ids.entries()) {
    const shape = shapes![i];
    const own = byKey.get(keyText(id) ?? '');
    const [first] = own === undefined ? [] : buffersOf(own);
    if (shape === undefined || own === undefined || first === undefined || String(first[1].shape) === String(shape))
      continue;
    const message = `expected the state of a parameter of shape [${shape.join(', ')}], got [${first[1].shape.join(', ')}]`;
    const shown = alone(group, id, own.node);
    found.push({ code: 'shape-of-parameter', pointer: own.pointer, message, shown, shapes: [shape] });
  }
  const saved = groups.flatMap((group) => {
    const list = group.options.get('param_names');
    return list !== undefined && 'items' in list
      ? list.items.map((name) => (name.kind === 'str' ? name.value : ''))
      : [];
  });
  const differing = names === undefined || saved.length === 0 ? -1 : saved.findIndex((name, i) => name !== names[i]);
  if (differing >= 0)
    found.push({
      code: 'names-differ',
      pointer: '/param_groups',
      message: `the parameter at position ${differing} is ${names![differing] ?? 'none'}, in the file ${saved[differing]}: loading goes by position`,
    });
  return found;
}

function isOnCuda({ entries }: Model): boolean {
  return entries.flatMap(buffersOf).some(([, { storage }]) => storage.device !== 'cpu');
}

function describe(model: Model, one: Located, references: readonly Reference[], { shapes }: ValidateOptions): Found {
  const { groups, entries, tree } = model;
  const steps = entries.flatMap(({ values }) => stepOf(values.get('step')) ?? []);
  const numbers = entries.flatMap(buffersOf).reduce((sum, [, { shape }]) => sum + numelOf(shape), 0);
  return {
    ...{
      pointer: one.pointer,
      layout: one.layout,
      optimizer: optimizerOf(model)?.name ?? 'RMSprop',
      kind: kindOf(model, one.form),
    },
    ...{ parameters: groups.reduce((sum, { ids }) => sum + ids.length, 0), groups: groups.length, numbers },
    steps: steps.length === 0 ? undefined : [Math.min(...steps), Math.max(...steps)],
    outcomes: dryRun(tree, references, { shapes }),
  };
}

function kindOf({ groups, entries }: Model, form: string): string {
  const kinds = new Set(entries.flatMap(({ values }) => values.get('step')?.kind ?? []));
  const has = (option: string): boolean => groups.some(({ options }) => options.has(option));
  if (form === 'plain' && has('param_names')) return 'PyTorch 2.6 or later, with names';
  if (kinds.has('tensor') || has('capturable')) return 'PyTorch 2.4 or later';
  if (!has('maximize')) return 'PyTorch before 1.12';
  return 'PyTorch before 2.4';
}

/** Findings of one code beyond this are counted. */
const MOST = 10;

function capped<T extends { readonly code: Code; readonly message: string }>(all: readonly T[]): T[] {
  const counts = new Map<Code, number>();
  for (const { code } of all) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Map<Code, number>();
  return all.flatMap((one) => {
    const n = (seen.get(one.code) ?? 0) + 1;
    seen.set(one.code, n);
    const more = counts.get(one.code)! - MOST;
    if (n > MOST) return [];
    return n === MOST && more > 0 ? [{ ...one, message: `${one.message}; and ${more} more like this` }] : [one];
  });
}

function sorted(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
