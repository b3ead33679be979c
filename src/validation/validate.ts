/**
 * Validates what holds the state dict of an optimizer: finds it, names what it is, and says what PyTorch would do with it.
 */
import type { Checkpoint } from '../state-dict/container.ts';
import { CheckpointError } from '../state-dict/checkpoint-error.ts';
import { FormatError } from '../state-dict/format-error.ts';
import { fromValue } from '../state-dict/from-value.ts';
import { LOST, treeFromJSON } from '../state-dict/json.ts';
import { readTree } from '../state-dict/read-tree.ts';
import { StoredTensor } from '../state-dict/stored-tensor.ts';
import { SCHEMAS, withoutElements } from '../state-dict/validate-schema.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type Code, CODES, type Finding } from './finding.ts';
import { lostState, withoutLoss } from './lost-state.ts';
import type { ValidateOptions } from './options.ts';
import { sorted } from './sorted.ts';
import { type Validation, validateTree } from './tree.ts';

/**
 * Validates a state dict, or what holds one: bytes of a .pt file, JSON in the format of spec/state-dict-json.md, or values as the
 * port and `readCheckpoint` give them. Never throws on data.
 */
export function validateStateDict(given: unknown, options: ValidateOptions = {}): Validation {
  try {
    if (given instanceof Uint8Array || given instanceof ArrayBuffer) return ofCheckpoint(readTree(given), options);
    if (typeof given === 'string')
      throw new FormatError('', 'expected bytes, JSON or values, got a text: JSON.parse makes JSON of it');
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
  const own = withoutElements(atPointer(json, validation.found?.pointer ?? ''));
  // The narrow schemas have fewer alternatives to go through.
  const valid = SCHEMAS['2.4'](own) || SCHEMAS['before-2.4'](own) || SCHEMAS.any(own);
  // What is read is in the format, elements of tensors too; a schema has the last word on the optimizer's own part.
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

function atPointer(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((at: any, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], json);
}

/** Whether values are the port's own and not JSON. */
function holdsTensors(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > 8) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Tensor || value instanceof StoredTensor)
    return true;
  // A look into lists of floats and of objects from one place in the code makes V8 box every float.
  if ('dtype' in value && 'shape' in value) return false;
  if (Array.isArray(value)) return typeof value[0] === 'object' && value.some((item) => holdsTensors(item, depth + 1));
  return Object.values(value).some((item) => holdsTensors(item, depth + 1));
}

/** Validates a .pt file that was read, and its form. */
function ofCheckpoint(checkpoint: Checkpoint, options: ValidateOptions): Validation {
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
