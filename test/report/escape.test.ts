import { expect, test } from 'vitest';
import {
  attribute,
  commandMessage,
  commandProperty,
  markdown,
  markup,
  oneLine,
  scriptJSON,
  withoutControls,
} from '../../src/report/escape.ts';

test('markup has no tags, no quotes, and no character that XML has no place for', () => {
  expect(markup('<a b="c" d=\'e\'>&\u0000\u001b\ud800\ufffe\n')).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\ufffd\ufffd\ufffd\ufffd\n',
  );
  expect(attribute('a\r\n\tb<')).toBe('a&#13;&#10;&#9;b&lt;');
});

test('a workflow command stays one line, and its properties end where they should', () => {
  expect(commandMessage('50%\r\n::error::x')).toBe('50%25%0D%0A::error::x');
  expect(commandProperty('a:b,c\n')).toBe('a%3Ab%2Cc%0A');
});

test('Markdown has no markup, no mention and no second line', () => {
  expect(markdown('a|b `c` *d* [e](f)\n# <g> & @h')).toBe(
    String.raw`a\|b \`c\` \*d\* \[e\]\(f\) \# &lt;g&gt; &amp; \@h`,
  );
});

test('JSON in a script cannot end it', () => {
  expect(scriptJSON({ a: '</script><!--' })).not.toContain('<');
  expect(JSON.parse(scriptJSON({ a: '</script>' }))).toEqual({ a: '</script>' });
});

test('a terminal is sent colours and no other control', () => {
  expect(withoutControls('\u001b[31mred\u001b[39m\n\u001b[2J\u0007\u009b')).toBe(
    '\u001b[31mred\u001b[39m\n\ufffd[2J\ufffd\ufffd',
  );
  expect(oneLine('a\r\n\nb')).toBe('a b');
});
