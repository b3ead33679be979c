/**
 * Every message that a case observes is stated by a clause: in code on a page of spec/, with other names, types and values.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { goldenFolder, goldenPaths } from '../src/golden/folder.ts';
import { readGoldenFile } from '../src/golden/read.ts';
import { root } from '../src/scenario/root.ts';
import type { Op } from '../src/scenario/types.ts';

/** What messages differ in: quoted texts, numbers, names of classes, types, methods and operations, placeholders of the pages. */
const VARIABLE = new RegExp(
  [
    String.raw`(?<!\w)'(?:[^'\\]|\\.)*'`,
    String.raw`-?\d[\d.]*(?:e[+-]?\d+)?`,
    String.raw`\b(?:[\w.]+\.)?(?:RMSprop|Optimizer|Mine)(?=\.\w+)`,
    String.raw`\bregister_\w+_hook\b|_foreach_\w+\b|(?<=got )\([^)]*\)`,
    String.raw`\b(?:VALUE|NAME|TEXT|KEY)\b|…`,
    String.raw`\b(?:NoneType|int|float|bool|str|list|tuple|dict|set|frozenset|generator|function|Parameter|Tensor)\b`,
    String.raw`\b(?:Float|Double|Long)(?:Tensor)?\b|\b(?:with|without)\b|\b(?:lr|momentum)$`,
    String.raw`\b(?:no values|more than one value)\b|\binformations?\b`,
  ].join('|'),
  'g',
);

const GAP = '\u0000';

const skeleton = (text: string): string => text.replace(/\s+/g, ' ').replace(VARIABLE, GAP);

/** The texts in code of a page, and those of errors that the comments of its examples give. */
function textsOf(page: string): readonly string[] {
  const prose = page.replaceAll(/^```[^]*?^```/gm, '');
  return [
    ...[...prose.matchAll(/(`+)([^`][^]*?)\1(?!`)/g)].map(([, , text]) => text!),
    ...[...page.matchAll(/ {2}# \w+(?:Error|Warning): (.*)$/gm)].map(([, text]) => text!),
  ];
}

/** The texts in code of all pages that could be messages: of several words. */
const stated = readdirSync(new URL('spec/', root))
  .filter((name) => name.endsWith('.md') && name !== 'versions.md')
  .flatMap((name) => textsOf(readFileSync(new URL(`spec/${name}`, root), 'utf8')))
  .map((text) => skeleton(text.trim()))
  .filter((text) => text.replaceAll(GAP, '').trim().split(' ').length > 1)
  .map((text) => new RegExp(`^${text.split(GAP).map(escape).join('.*')}`));

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\*]/g, '\\$&');
}

/** What a program raises itself. */
function raised(op: Op): readonly string[] {
  return [...JSON.stringify(op).matchAll(/"(?:throw|\$raise)":"([^"]*)"/g)].map(([, text]) => text!);
}

it('every message of an error or warning that a case observes is stated on a page of spec/', () => {
  const unstated = new Map<string, string>();
  for (const path of goldenPaths(goldenFolder)) {
    const { cases, observations } = readGoldenFile(path);
    for (const { id, program, observed } of cases) {
      const own = program.flatMap(raised);
      for (const index of new Set(Object.values(observed).flat())) {
        const { error, warnings = [] } = observations[index]!;
        for (const { type, message } of error === undefined ? warnings : [error, ...warnings]) {
          // The text of a KeyError is the key; texts of several lines are known by their first.
          if (type === 'KeyError' || message === '' || own.includes(message)) continue;
          const text = skeleton(message.split('\n')[0]!);
          if (!stated.some((pattern) => pattern.test(text))) unstated.set(`${type}: ${text.replaceAll(GAP, '*')}`, id);
        }
      }
    }
  }
  expect([...unstated].map(([text, id]) => `${text}   (${id})`)).toEqual([]);
});
