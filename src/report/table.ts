/**
 * Aligned columns: the first to the left, the others to the right.
 */

/** The lines of a table; numbers get thousands separators. Columns move together where 80 columns are not enough. */
export function table(rows: readonly (readonly (string | number)[])[], indent: string = ''): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = (gap: string): string[] =>
    cells.map((row) =>
      `${indent}${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(gap)}`.trimEnd(),
    );
  return lines('  ').some((line) => line.length > 80) ? lines(' ') : lines('  ');
}
