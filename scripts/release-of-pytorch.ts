/**
 * Takes a new PyTorch in, which is one command:
 *
 *     npm run release-of-pytorch -- 2.16.0              records both CPU arithmetics
 *     npm run release-of-pytorch -- 2.16.0 --compiled   and compiled steps, which takes half an hour
 *     npm run release-of-pytorch -- 2.16.0 --dry-run    says what it would do
 *
 * It writes requirements/torch-VERSION.txt, makes the environment where .ci/run looks for it ($RMSPROOF_ENVIRONMENTS, or
 * ~/.cache/rmsproof), records, says what drifts from the newest version before, and writes spec/versions.md anew.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../src/cli/usage-error.ts';
import { byVersion } from '../src/golden/by-version.ts';
import { goldenFolder } from '../src/golden/folder.ts';
import { readReferences } from '../src/golden/read.ts';

/** A command and its arguments, and the exit codes with which all is well; 0 if it does not say. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly well?: readonly number[];
}

/** What taking a version in consists of. */
export interface Plan {
  /** The path and the text of the requirements; undefined where they are there. */
  readonly requirements?: { readonly path: string; readonly text: string };
  readonly environment: string;
  /** To make the environment; none where it is complete. */
  readonly install: readonly Command[];
  readonly commands: readonly Command[];
  /** What no command does. */
  readonly left: readonly string[];
}

/** Where a plan finds and puts things. */
export interface Places {
  readonly golden: string;
  readonly requirements: string;
  readonly environments: string;
}

/**
 * What there is to do for a version.
 *
 * @throws UsageError for what is no version, one that is recorded, or one that is not newer than all that are
 */
export function planOf(version: string, compiled: boolean, { golden, requirements, environments }: Places): Plan {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new UsageError(`expected a version such as 2.16.0, got ${version}`);
  const recorded = Object.keys(readReferences(golden).references)
    .flatMap((name) => /^torch-(\d+\.\d+\.\d+)\/separate$/.exec(name)?.[1] ?? [])
    .toSorted(byVersion);
  const newest = recorded.at(-1);
  if (newest === undefined) throw new UsageError(`${golden}: no version is recorded in arithmetic separate`);
  if (recorded.includes(version)) throw new UsageError(`torch ${version} is recorded; \`record\` records it anew`);
  if (byVersion(version, newest) < 0)
    throw new UsageError(`torch ${version} is older than ${newest}, the newest that is recorded`);
  const path = join(requirements, `torch-${version}.txt`);
  const before = readFileSync(join(requirements, `torch-${newest}.txt`), 'utf8');
  const environment = join(environments, `torch-${version}`);
  const python = join(environment, 'bin', 'python');
  const rmsproof = (args: readonly string[], well: readonly number[] = [0]): Command => ({
    ...{ command: 'npm', args: ['run', '--silent', 'rmsproof', '--', ...args] },
    well,
  });
  const record = ['record', '--add', '--python', python];
  return {
    ...(existsSync(path)
      ? {}
      : { requirements: { path, text: before.replace(`torch==${newest}`, `torch==${version}`) } }),
    environment,
    install: existsSync(join(environment, 'complete'))
      ? []
      : [
          { command: 'python3', args: ['-m', 'venv', environment] },
          { command: join(environment, 'bin', 'pip'), args: ['install', '--quiet', '-r', path] },
        ],
    commands: [
      rmsproof(record),
      ...(compiled ? [rmsproof([...record, '--compiled'])] : []),
      rmsproof(['drift', `torch-${newest}`, `torch-${version}`], [0, 1]),
      { command: 'npm', args: ['run', '--silent', 'versions', '--', `torch-${newest}`, `torch-${version}`] },
    ],
    left: [
      'a sentence in scripts/versions/changes.ts for every row of spec/versions.md that has none',
      `for what drifts: a row of the port's table of versions, a clause and a case`,
      `${minor(version)} in \`Reference\` and \`NEWEST\` of src/tensor/aten.ts, in README.md, and the version in .ci/run`,
      'npm run check, npm run bounds, npm run readme',
    ],
  };
}

/** Carries a plan out; `run` runs a command and returns its exit code. What a failed installation left is removed. */
export function carryOut(
  { requirements, environment, install, commands }: Plan,
  run: (command: Command) => number,
): void {
  const step = (command: Command): void => {
    const code = run(command);
    if (!(command.well ?? [0]).includes(code)) throw new Error(`${textOf(command)}: exit code ${code}`);
  };
  if (requirements) writeFileSync(requirements.path, requirements.text);
  if (install.length > 0) {
    rmSync(environment, { recursive: true, force: true });
    mkdirSync(environment, { recursive: true });
    try {
      install.forEach(step);
    } catch (error) {
      rmSync(environment, { recursive: true, force: true });
      if (requirements) rmSync(requirements.path);
      throw error;
    }
    writeFileSync(join(environment, 'complete'), '');
  }
  commands.forEach(step);
}

/** A command as one types it. */
export function textOf({ command, args }: Command): string {
  return [command, ...args].join(' ');
}

function minor(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

if (process.argv[1]?.endsWith('release-of-pytorch.ts')) {
  const given = process.argv.slice(2);
  const flags = given.filter((arg) => arg.startsWith('--'));
  const [version, ...more] = given.filter((arg) => !arg.startsWith('--'));
  const unknown = flags.find((flag) => !['--compiled', '--dry-run'].includes(flag));
  try {
    if (version === undefined || more.length > 0 || unknown !== undefined)
      throw new UsageError(`expected one version, --compiled and --dry-run, got ${given.join(' ') || 'nothing'}`);
    const plan = planOf(version, flags.includes('--compiled'), {
      golden: goldenFolder,
      requirements: fileURLToPath(new URL('../requirements', import.meta.url)),
      environments: process.env['RMSPROOF_ENVIRONMENTS'] ?? join(homedir(), '.cache', 'rmsproof'),
    });
    const say = (command: Command): void => console.log(`> ${textOf(command)}`);
    if (flags.includes('--dry-run')) {
      if (plan.requirements) console.log(`> write ${plan.requirements.path}`);
      for (const command of [...plan.install, ...plan.commands]) say(command);
    } else
      carryOut(plan, (command) => {
        say(command);
        return spawnSync(command.command, command.args, { stdio: 'inherit' }).status ?? 1;
      });
    console.log(['Left to do by hand:', ...plan.left.map((line) => `  - ${line}`)].join('\n'));
  } catch (error) {
    console.error(`release-of-pytorch: ${(error as Error).message}`);
    process.exitCode = error instanceof UsageError ? 2 : 3;
  }
}
