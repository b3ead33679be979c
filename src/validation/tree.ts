/**
 * Validates a tree: finds the state dict in it, brings it into the plain form, and says what is found.
 */
import type { Node } from '../state-dict/node.ts';
import { listed } from './suspicion.ts';
import { dryRun, REFERENCES } from './dry-run.ts';
import { type Code, CODES, type Finding } from './finding.ts';
import { ofModel, tried } from './findings.ts';
import { describe, type Found } from './found.ts';
import { locate, type Located, namesOf, plainForm } from './layouts.ts';
import { modelOf } from './model.ts';
import { optimizerOf } from './optimizers.ts';
import type { ValidateOptions } from './options.ts';
import { capped, sorted } from './sorted.ts';

/** What is said of a state dict. */
export interface Validation {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Absent where no optimizer was found. */
  readonly found: Found | undefined;
  /** The state dict in the plain form. */
  readonly tree: Node | undefined;
}
/** Validates a tree. */
export function validateTree(root: Node, options: ValidateOptions = {}): Validation {
  const located = locate(root);
  const wanted = options.key === undefined ? undefined : `/${options.key.replace(/^\//, '')}`;
  const chosen = wanted === undefined ? located : located.filter(({ pointer }) => pointer === wanted);
  if (chosen.length !== 1) return noneOrMany(root, located, wanted, options);
  const [one] = chosen as [Located];
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
  located: readonly Located[],
  wanted: string | undefined,
  options: ValidateOptions,
): Validation {
  const references = options.reference === undefined ? REFERENCES : [options.reference];
  const places = located.map(({ pointer }) => pointer.slice(1));
  const code: Code = located.length > 1 && wanted === undefined ? 'several-optimizers' : 'no-optimizer';
  const [first] = places;
  const there = first === '' ? 'the file is one itself' : `it is at ${first}`;
  const message =
    wanted !== undefined && located.length > 0
      ? `expected an optimizer at ${wanted.slice(1) || '(nothing)'}; ${places.length === 1 ? there : `they are at ${places.join(', ')}`}`
      : located.length > 1
        ? `${located.length} optimizers, choose one by its key: ${located.map((one, i) => `${places[i]} (${ownerOf(one)})`).join(', ')}`
        : 'expected the state dict of an optimizer, with state and param_groups, up to four levels down; got none';
  const finding: Finding = { code, severity: CODES[code], pointer: '', message };
  const outcomes = wanted === undefined ? { outcomes: dryRun(root, references) } : {};
  return { findings: [{ ...finding, ...outcomes }], found: undefined, tree: undefined };
}

/** Whose state dict it is. */
function ownerOf(one: Located): string {
  const model = modelOf(plainForm(one).tree);
  return ('groups' in model ? optimizerOf(model)?.name : undefined) ?? 'RMSprop';
}
