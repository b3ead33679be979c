/**
 * The door: a port as the interpreter knows it, whatever its optimizers are.
 */
import { AdapterError } from './adapter-error.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { type Fixed, fixedOptions, goesAgainst } from './fixed.ts';
import { takesObjects } from './needs-of.ts';
import { PlainOptimizers } from './plain-optimizers.ts';
import type { Awaitable, Port } from './port.ts';
import type { NamedTensor } from './program-objects.ts';
import type { BookkeepingOp, Op, OptimizerOp, PlainCheckpoint, Value } from './types.ts';

/** What a program does with optimizers beside training them; `Port` trains. */
export interface Optimizers {
  /** Makes the optimizer that an operation describes. */
  construct(op: OptimizerOp): Awaitable<unknown>;
  /** Observes the state of an optimizer, by the names of its tensors and in its order. */
  state(optimizer: unknown): Awaitable<Value>;
  /** What an optimizer would go on from. */
  save(optimizer: unknown): Awaitable<PlainCheckpoint>;
  /** Makes an optimizer go on from a checkpoint. */
  load(optimizer: unknown, checkpoint: PlainCheckpoint): Awaitable<void>;
  /** Observes a tensor. */
  describe(tensor: NamedTensor): Awaitable<Value>;
  /** Does an operation, and observes its value, if it has one. A value that is observed stays even if the operation then throws. */
  execute(op: BookkeepingOp, observe: (value: Value) => void): Awaitable<void>;
  /** What hooks and closures logged since the last call; undefined for nothing. */
  takeLog(): readonly Value[] | undefined;
}

/**
 * The optimizers of a port for one program: over its plain members where the program asks no more, else over its objects.
 *
 * @param named what the program names; shared with the interpreter
 * @throws AdapterError where the program asks more and the port has no objects
 */
export function lift(
  port: Port,
  program: readonly Op[],
  tensors: ReadonlyMap<string, NamedTensor>,
  named: Map<string, unknown>,
): Optimizers {
  if (lacking({ objects: port.objects }, program).length > 0)
    throw new AdapterError("the program needs the port's member objects");
  const { objects } = port;
  objects?.reset();
  const own = takesObjects(program) || lacksMember(port, program);
  return objects !== undefined && own
    ? new Bookkeeping(objects, tensors, named, (data) => port.tensor(data))
    : new PlainOptimizers(port, tensors, named);
}

/** What keeps a program from a port, whatever needs the port claims: that it has no `objects`, or that an option of it is fixed. */
export type Lack = 'objects' | Fixed;

/** What a port lacks for a program. */
export function lacking(
  { objects, supports = [] }: { readonly objects?: unknown; readonly supports?: readonly string[] },
  program: readonly Op[],
): readonly Lack[] {
  const own = goesAgainst(program, fixedOptions(supports));
  return objects === undefined && takesObjects(program) ? ['objects', ...own] : own;
}

/** Whether an operation is for a member that the port has not, and its objects stand in for. */
function lacksMember(port: Port, program: readonly Op[]): boolean {
  return program.some(({ op }) => (op === 'state' || op === 'load' || op === 'save') && port[op] === undefined);
}
