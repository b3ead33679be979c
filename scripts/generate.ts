/**
 * Writes the scenarios of golden/. What was observed of a case is kept where the case, its gradients and the tensors of its
 * file are as before, less tensors that went; the rest waits for `rmsproof record`.
 *
 *     npm run generate              writes
 *     npm run generate -- --check   says what would change, exit status 1 if anything
 */
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { inputsDigests } from '../src/golden/digest.ts';
import { goldenFolder, goldenPaths } from '../src/golden/folder.ts';
import { readGoldenFile, readReferences } from '../src/golden/read.ts';
import { assemble, type Recorded } from '../src/golden/assemble.ts';
import { writeTexts } from '../src/golden/write.ts';
import { format } from '../src/golden/format.ts';
import type { GoldenFile } from '../src/golden/types.ts';
import { opmath_dtypes } from '../src/tensor/dtype.ts';
import { defaults } from './scenarios/defaults.ts';
import { denseGroup } from './scenarios/dense.ts';
import { differentiableGroups } from './scenarios/differentiable.ts';
import { dtypesGroups } from './scenarios/dtypes.ts';
import { edges } from './scenarios/edges.ts';
import { errorsGroups } from './scenarios/errors.ts';
import { gradsGroups } from './scenarios/grads.ts';
import type { Group } from './scenarios/group.ts';
import { groupsGroups } from './scenarios/groups.ts';
import { hooksGroups } from './scenarios/hooks.ts';
import { numericsGroups } from './scenarios/numerics.ts';
import { resumeGroups } from './scenarios/resume.ts';
import { stateDictGroups } from './scenarios/state-dict.ts';
import { stepGroups } from './scenarios/step.ts';

/** Every group of every area. */
export function groups(): Group[] {
  return [
    ...[
      ...opmath_dtypes.flatMap(stepGroups),
      ...opmath_dtypes.map(defaults),
      ...opmath_dtypes.map(denseGroup),
      ...opmath_dtypes.flatMap(numericsGroups),
      ...dtypesGroups(),
      ...stateDictGroups(),
      ...resumeGroups(),
      ...hooksGroups(),
    ],
    ...differentiableGroups(),
    ...[...groupsGroups(), ...gradsGroups(), ...errorsGroups(), ...edges()],
  ];
}

/** The golden file of a group, with the observations that the present file has of unchanged cases. */
export function fileOf(group: Group, folder: string = goldenFolder): GoldenFile {
  const path = join(folder, group.area, `${group.name}.json`);
  const present = existsSync(path) ? readGoldenFile(path) : undefined;
  const entries = group.cases.map((entry) => ({ ...entry, id: `${group.area}/${group.name}/${entry.id}` }));
  return assemble({ format: 1, ...group, cases: entries }, present ? kept(present, group) : new Map());
}

function kept(present: GoldenFile, group: Group): Recorded {
  const recorded: Recorded = new Map();
  if (!within(group.tensors, present.tensors) || !same(present.gradients, group.gradients)) return recorded;
  const programs = new Map(group.cases.map((entry) => [`${group.area}/${group.name}/${entry.id}`, entry.program]));
  for (const { id, program, observed } of present.cases)
    if (same(program, programs.get(id)))
      recorded.set(
        id,
        new Map(
          Object.entries(observed).map(([reference, indices]) => [
            reference,
            indices.map((i) => present.observations[i]!),
          ]),
        ),
      );
  return recorded;
}

/** The name of the file at a path, area first. */
function nameOf(path: string): string {
  return relative(goldenFolder, path)
    .replaceAll(sep, '/')
    .replace(/\.json$/, '');
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Whether the tensors of a file were there before, in the same order and with the same first one, which hooks log: a case does not
 * see another that it does not name.
 */
function within(tensors: Group['tensors'], present: Group['tensors']): boolean {
  const left = Object.entries(present).filter(([name]) => Object.hasOwn(tensors, name));
  return same(tensors, Object.fromEntries(left)) && Object.keys(tensors)[0] === Object.keys(present)[0];
}

if (process.argv[1]?.endsWith('generate.ts')) {
  const check = process.argv.includes('--check');
  const texts: [path: string, text: string][] = [];
  const files = groups().map((group) => fileOf(group));
  for (const file of files) {
    const path = join(goldenFolder, file.area, `${file.name}.json`);
    const unchanged = existsSync(path) && format(readGoldenFile(path)) === format(file);
    const missing = file.cases.filter((entry) => Object.keys(entry.observed).length === 0).length;
    console.log(
      `${unchanged ? 'unchanged' : check ? 'STALE    ' : 'written  '} ${file.area}/${file.name}: ${file.cases.length} cases, ${missing} to record`,
    );
    if (!unchanged) texts.push([path, format(file)]);
  }
  const references = readReferences(goldenFolder);
  const names = new Set([
    ...goldenPaths(goldenFolder).map(nameOf),
    ...files.map(({ area, name }) => `${area}/${name}`),
  ]);
  const inputs = inputsDigests(
    Object.fromEntries(Object.entries(references.inputs).filter(([name]) => names.has(name))),
    files,
  );
  if (JSON.stringify(inputs) !== JSON.stringify(references.inputs))
    texts.push([join(goldenFolder, 'references.json'), format({ ...references, inputs })]);
  if (!check) writeTexts(texts);
  const stale = texts.length;
  process.exitCode = check && stale > 0 ? 1 : 0;
}
