#!/usr/bin/env node
/**
 * The command line: arguments in, exit code out. What a command needs is loaded when it runs: many ask for little.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { goldenFolder, recordingFolder } from '../golden/folder.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import { InputError } from '../scenario/input-error.ts';
import { EXIT } from './exit-codes.ts';
import { SUBJECTS } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs a command line.
 *
 * @param args without the interpreter and the script
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const program = commandLine((result) => (code = result));
  try {
    await program.parseAsync(args as string[], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.code === VERSION) {
      console.log((await import('./version.ts')).versionText());
      return EXIT.ok;
    }
    return report(error, args.includes('--stack'));
  }
}

/** What ends the parsing of a command line that asks for the version. */
const VERSION = 'version';

/** The values of an option that may be given several times. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The name of the file of expectations; the module that reads it is loaded when it is needed. */
const EXPECTATIONS = 'rmsproof.expectations.json';

function commandLine(done: (code: number) => void): Command {
  const program = new Command('rmsproof')
    .description("Is my port of PyTorch's RMSprop right, and if not, what exactly is wrong with it?")
    .option('--version', 'show the version of this package and the PyTorch that it was recorded from')
    .on('option:version', () => {
      throw new CommanderError(0, VERSION, '');
    })
    .option('--stack', 'show stack traces of errors')
    // Else the option --version of a command would be taken for that of the program.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(rmsproof --help says what there is)');
  const golden = (): Option =>
    new Option('--golden <dir>', 'folder of the golden files').default(goldenFolder, "the package's");
  const recorded = (): Option => golden().default(recordingFolder, "the repository's");
  const python = (): Option => new Option('--python <path>', 'Python that has torch and numpy').default('python3');
  const ofTorch = (): Option =>
    new Option('--python <path>', 'for torch: Python that has it and numpy (default: "python3")');
  const source = (): Option =>
    new Option('--torch-source <path>', 'for pyodide:source: an installed torch, a folder, or a wheel');
  const wheel = (): Option =>
    new Option('--torch-wheel <file|url>', 'for pyodide: a torch built for it, in place of the numeric model');
  const path = (): Option =>
    new Option('--path <name>', 'for port: whether its steps may take the fast path (default: "fast")').choices([
      ...['fast', 'literal'],
    ]);
  const timeout = (): Option =>
    new Option('--timeout <s>', 'for ports: seconds that one case may take (default: "60")');

  program
    .command('check')
    .description('hold a port against golden observations')
    .argument('[port]', 'module that exports a port by default; without one, the port of this package')
    .option('--command <line>', 'a port in any language: a command that speaks spec/protocol.md')
    .addOption(new Option('--subject <name>', 'a subject in place of a port').choices(SUBJECTS))
    .option('--reference <glob>', 'references to hold it against (default: the newest of each arithmetic)')
    .option('--only <glob>', 'cases to run, by id; may be given several times', collect)
    .option('--skip <glob>', 'cases not to run, by id; may be given several times', collect)
    .option('--expect <file>', `what is expected of the port (default: ${EXPECTATIONS} beside it, if there is one)`)
    .option('--no-expect', 'leave out what is expected of the port')
    .option('--update', 'write what is expected as it is now')
    .option('--require <profile>', 'a profile that the port has to claim; may be given several times', collect)
    .addOption(
      new Option('--reporter <name...>', 'console, json, junit, github, html; NAME=FILE writes it to a file').default(
        ['console'],
        'console',
      ),
    )
    .option('--bail', 'stop at the first failure')
    .option('--ulp <k>', 'for ports: error an elementary operation may make, for the verdict bounded (default: "4")')
    .option('--fresh <n>', 'for ports: programs made for this run (default: "200"; "0" with --only)')
    .option('--seed <n>', 'for ports: repeat the fresh programs of a seed')
    .option('--exact', 'exit 1 where a case is bounded and not exact')
    .addOption(
      new Option('--sqrt <name>', "with --subject torch: 'built-in' explains its own square roots").choices([
        'ieee',
        'built-in',
      ]),
    )
    .addOption(source())
    .addOption(wheel())
    .addOption(path())
    .addOption(timeout())
    .addOption(ofTorch())
    .addOption(golden())
    .action(async (port, options) => done(await (await import('./check.ts')).check(port, options)));
  program
    .command('init')
    .description('write an adapter to fill in, expectations and a CI workflow; overwrites nothing')
    .argument('[folder]', 'where to', '.')
    .action(async (folder) => done((await import('./init.ts')).init(folder)));
  program
    .command('doctor')
    .description('try an adapter, and say what to mend in it')
    .argument('[port]', 'module that exports a port by default')
    .option('--command <line>', 'a program in place of a module, in any language')
    .addOption(timeout())
    .action(async (port, options) => done(await (await import('./doctor.ts')).doctor(port, options)));
  program
    .command('list')
    .description('list the cases and what they need')
    .argument('[glob]', 'cases, by id')
    .addOption(golden())
    .action(async (glob, options) => done((await import('./list.ts')).list(glob, options)));
  program
    .command('show')
    .description('show a case in human terms, the cases of a clause, or a state dict')
    .argument('<case|clause|file>', 'id of a case, or of a clause such as RMS-7, or a .pt file or its JSON')
    .option('--key <place>', 'of a file: which optimizer, such as optimizer_states/0')
    .addOption(golden())
    .action(async (what, options) => done(await (await import('./show.ts')).show(what, options)));
  program
    .command('validate')
    .description('say what PyTorch would do with state dicts')
    .argument('<file...>', '.pt, .pth, .bin, .ckpt or .json; - for standard input')
    .addOption(
      new Option('--torch <version>', 'the version that will load them (default: all)').choices([
        ...['2.1', '2.13', '2.14', '2.15'],
      ]),
    )
    .option('--key <place>', 'which optimizer, such as optimizer_states/0')
    .addOption(
      new Option('--reporter <name>', 'form of what is printed')
        .choices(['console', 'json', 'github'])
        .default('console'),
    )
    .option('--strict', 'exit 1 where training would go on wrongly, too')
    .action(async (files, options) => done((await import('./validate.ts')).validate(files, options)));
  program
    .command('convert')
    .description('convert a state dict between .pt and .json, bit for bit')
    .argument('<from>', 'a .pt file, or JSON')
    .argument('<to>', 'what to write, by the ending of its name')
    .option('--plain', 'take the optimizer out of what holds it, and out of forms that go by names')
    .option('--key <place>', 'the same, of several optimizers one, such as optimizer_states/0')
    .action(async (from, to, options) => done((await import('./convert.ts')).convert(from, to, options)));
  program
    .command('record')
    .description('record the references of an installed PyTorch')
    .addOption(python())
    .addOption(new Option('--device <name>', 'where tensors live').choices(['cpu', 'cuda']).default('cpu'))
    .option('--verify', 'compare with what was recorded, write nothing')
    .option('--compiled', 'steps that torch.compile compiled; needs a C++ compiler, or on a GPU Triton')
    .option('--only <glob>', 'golden files to record or verify, as AREA/NAME')
    .option('--add', 'when recording: allow a PyTorch version that was not recorded before')
    .addOption(recorded())
    .action(async (options) => done(await (await import('./record.ts')).record(options)));
  program
    .command('import-recording')
    .description('bring trajectories recorded on a GPU into the golden files')
    .argument('<file>', 'a recording, .json or .json.gz')
    .addOption(recorded())
    .action(async (file, options) =>
      done(await (await import('./import-recording.ts')).importRecordingCommand(file, options)),
    );
  program
    .command('drift')
    .description('say where the observations of two PyTorch versions differ')
    .argument('<from>', 'a version such as torch-2.1.2, one reference, or a torch source (folder or wheel)')
    .argument('<to>', 'another')
    .option('--only <glob>', 'cases to compare, by id')
    .addOption(golden())
    .action(async (from, to, options) => done(await (await import('./drift.ts')).drift(from, to, options)));
  const arithmetic = (): Option =>
    new Option('--arithmetic <name>', 'how subjects that follow a target round (default: "separate")').choices([
      'separate',
      'fused',
      'cuda',
      'compiled',
    ]);
  program
    .command('diff')
    .description('compare the observations of two subjects, or two state dicts')
    .argument(
      '<a>',
      'port, torch, pyodide, pyodide:source, a module, or command:LINE; taken to be right. Or a .pt file or its JSON',
    )
    .argument('<b>', 'another')
    .option('--only <glob>', 'golden scenarios to compare on, by id')
    .option('--key <place>', 'of files: which optimizer, such as optimizer_states/0')
    .option('--file <path>', 'a scenario to compare on instead')
    .option('--version <version>', 'PyTorch version that they follow')
    .addOption(arithmetic())
    .addOption(source())
    .addOption(wheel())
    .addOption(timeout())
    .addOption(ofTorch())
    .option('--golden <dir>', "folder of the golden files (default: the package's)")
    .action(async (a, b, options) => done(await (await import('./diff.ts')).diff(a, b, options)));
  program
    .command('fuzz')
    .description('search for the smallest program on which a subject differs from another')
    .argument('<subject>', 'port, torch, pyodide, pyodide:source, the path of a module, or command:LINE')
    .option('--against <subject>', 'the subject that is taken to be right', 'port')
    .option('--runs <n>', 'programs to try', '1000')
    .option('--minutes <n>', 'end the search after so long')
    .option('--seed <n>', 'repeat a search')
    .option('--path <path>', 'with --seed: repeat one counterexample')
    .option('--version <version>', 'PyTorch version that both follow')
    .option('--out <dir>', 'folder for counterexample.json, .mts and .py', '.')
    .addOption(arithmetic())
    .addOption(source())
    .addOption(wheel())
    .addOption(timeout())
    .addOption(ofTorch())
    .action(async (subject, options) => done(await (await import('./fuzz.ts')).fuzz(subject, options)));
  program
    .command('promote')
    .description('take a counterexample into the golden files, recorded from real PyTorch')
    .argument('<file>', 'a scenario, such as counterexample.json')
    .requiredOption('--name <slug>', 'name of the new golden file')
    .requiredOption('--clauses <id...>', 'clauses that it tests')
    .addOption(python())
    .addOption(recorded())
    .action(async (file, options) => done(await (await import('./promote.ts')).promote(file, options)));
  // Subcommands made by `command` do not inherit what is set after them.
  for (const command of program.commands)
    command
      .option('--stack', 'show stack traces of errors')
      .exitOverride()
      .showHelpAfterError('(--help says what there is)');
  return program;
}

function report(error: unknown, stack: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = error instanceof Error ? (stack ? error.stack! : error.message) : String(error);
  process.stderr.write(`rmsproof: ${message}\n`);
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof AdapterError) && !(error instanceof InputError) && !stack)
    process.stderr.write('rmsproof: this is a defect of rmsproof; --stack shows where\n');
  return EXIT.broken;
}

/**
 * Runs the command line of this process. Whatever ends it before the command does, or throws outside of it, must not leave the
 * exit code of a success behind, nor that of a port that does not conform.
 */
async function runProcess(): Promise<void> {
  let finished = false;
  const broken = (message: string): void => {
    process.stderr.write(`rmsproof: ${message}\n`);
    process.exitCode = EXIT.broken;
  };
  process.on('exit', () => {
    if (!finished) broken('the process ended before the command did');
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      finished = true;
      broken(`something threw outside of any call: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(EXIT.broken);
    });
  // A reader such as head may have had enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    finished = true;
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.broken);
  });
  process.exitCode = await main(process.argv.slice(2));
  finished = true;
}

// Package managers start the command through a link.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await runProcess();
