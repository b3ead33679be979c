/**
 * Lines of 80 columns.
 */

/** Columns of a line. */
const WIDTH = 80;

/**
 * Breaks a line between words into lines of at most 80 columns; a wider word, such as a long id, stands whole on a line of its own.
 *
 * @param hang what the further lines begin with; four spaces more than the line itself does by default
 */
export function wrap(line: string, hang: string = `${indentOf(line)}    `): string[] {
  const lines: string[] = [];
  for (const part of line.split('\n')) {
    const [first, ...more] = words(part);
    if (first !== undefined) lines.push((lines.length === 0 ? indentOf(line) : hang) + first.word);
    for (const { space, word } of more) {
      const longer = lines.at(-1)! + space + word;
      if (longer.length <= WIDTH) lines[lines.length - 1] = longer;
      else lines.push(hang + word);
    }
  }
  return lines.length === 0 ? [''] : lines;
}

/** Prints a line as `wrap` breaks it. */
export function print(line: string, hang?: string): void {
  console.log(wrap(line, hang).join('\n'));
}

function indentOf(line: string): string {
  return /^ */.exec(line)![0];
}

function words(line: string): { readonly space: string; readonly word: string }[] {
  return [...line.matchAll(/(\s*)(\S+)/g)].map(([, space, word]) => ({ space: space!, word: word! }));
}
