/**
 * Texts in quotes, as Python's `repr` prints a `str`.
 */

/** `repr` of a text: in double quotes only where it has single ones alone, with escapes for what cannot be printed (RPR-10). */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = Array.from(text, (character) =>
    character === quote || character === '\\' ? `\\${character}` : (NAMED[character] ?? printed(character)),
  );
  return quote + inside.join('') + quote;
}

const NAMED: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

// Python's own definition: separators and the categories of what is no character, but for the space.
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/u;

function printed(character: string): string {
  if (!UNPRINTABLE.test(character)) return character;
  const hex = character.codePointAt(0)!.toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
