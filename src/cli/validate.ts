/**
 * `rmsproof validate FILE...`: what PyTorch would do with state dicts, without PyTorch.
 */
import { githubLines, validationText, type ValidatedFile } from '../report/validation.ts';
import type { Reference } from '../tensor/aten.ts';
import { CODES, type Finding } from '../validation/finding.ts';
import type { ValidateOptions } from '../validation/options.ts';
import type { Validation } from '../validation/tree.ts';
import { validateStateDict } from '../validation/validate.ts';
import { EXIT } from './exit-codes.ts';
import { readFile } from './state-dict-file.ts';

/** Options of the command. */
export interface ValidateCommandOptions {
  readonly torch?: Reference;
  readonly key?: string;
  readonly reporter: 'console' | 'json' | 'github';
  readonly strict?: boolean;
}

/**
 * Runs the command.
 *
 * @returns 0 when every file passes, 1 when not
 * @throws InputError for a file that cannot be read
 */
export function validate(files: readonly string[], options: ValidateCommandOptions): number {
  const { torch, key, reporter, strict = false } = options;
  const how: ValidateOptions = {
    ...(torch === undefined ? {} : { reference: torch }),
    ...(key === undefined ? {} : { key }),
  };
  const validated = files.map((file): ValidatedFile => {
    const read = readFile(file);
    const validation = 'problem' in read ? unreadable(read.problem) : validateStateDict(read.given, how);
    return { file, validation, passes: !validation.findings.some((finding) => fails(finding, strict)) };
  });
  const failed = validated.filter(({ passes }) => !passes).length;
  if (reporter === 'json') console.log(JSON.stringify(validated.map(plain), undefined, 2));
  else if (reporter === 'github') for (const file of validated) for (const line of githubLines(file)) console.log(line);
  else {
    for (const file of validated) console.log(validationText(file).join('\n'));
    const all = `${validated.length} file${validated.length === 1 ? '' : 's'}`;
    if (validated.length > 1)
      console.log(failed === 0 ? `${all}, none of them refused` : `NOT VALID  ${failed} of ${all}`);
  }
  return failed > 0 ? EXIT.differs : EXIT.ok;
}

function fails({ severity }: Finding, strict: boolean): boolean {
  return severity === 'refused' || severity === 'will fail' || (strict && severity !== 'note');
}

function unreadable(message: string): Validation {
  const finding = { code: 'unreadable', severity: CODES.unreadable, pointer: '', message } as const;
  return { findings: [finding], found: undefined, tree: undefined };
}

/** A file of the JSON report: what was found, without the tree. */
function plain({ file, passes, validation: { found, findings } }: ValidatedFile): object {
  return { file, passes, found: found ?? null, findings };
}
