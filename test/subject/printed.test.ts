import { describe, expect, it } from 'vitest';
import { LastWords, Printed } from '../../src/subject/printed.ts';

describe('what a port prints', () => {
  it('is passed on up to a limit, beyond which one line says that there is more', () => {
    let shown = '';
    const printed = new Printed('my-port', { write: (text: unknown) => ((shown += String(text)), true) });
    printed.take('hello\n');
    printed.take('x'.repeat(70_000));
    printed.take('more');
    expect(shown.slice(0, 8)).toBe('hello\nxx');
    expect(shown.slice(65_534)).toBe(
      'xx\nrmsproof: my-port prints more than 65536 characters; the rest is not shown\n',
    );
  });

  it('has a last line', () => {
    const words = new LastWords();
    expect(words.line).toBe('');
    words.add('first\nsec');
    words.add('ond\n');
    expect(words.line).toBe('second');
  });
});
