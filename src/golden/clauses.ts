/**
 * The clauses of the specification: where each stands, its title and its text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { root } from '../scenario/root.ts';

/** A clause: a heading of a page of spec/. */
export interface Clause {
  readonly id: string;
  readonly title: string;
  /** The page, such as "spec/hooks.md". */
  readonly page: string;
  /** What stands under the heading, in Markdown. */
  readonly text: string;
}

/** A heading of level three with what stands before the next heading. */
const CLAUSE = /^### ([A-Z]{3}-\d+) (\S.*)\n([^]*?)(?=^#{1,3} |(?![^]))/gm;

let known: ReadonlyMap<string, Clause> | undefined;

/** Every clause by its id, page by page. */
export function clauses(): ReadonlyMap<string, Clause> {
  known ??= new Map(pages().map((clause) => [clause.id, clause]));
  return known;
}

function pages(): Clause[] {
  const folder = fileURLToPath(new URL('spec/', root));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(CLAUSE)].map(([, id, title, text]): Clause => ({
        id: id!,
        title: title!,
        page: `spec/${name}`,
        text: text!.trim(),
      })),
    );
}
