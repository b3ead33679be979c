/**
 * Texts of strangers, names of ports and messages of errors, in the forms of other programs.
 */

/** In HTML and XML, as text and in quoted attributes; what XML has no place for becomes U+FFFD. */
export function markup(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The message of a workflow command of GitHub's. */
export function commandMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of such a command. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** In a line of Markdown, a table's too: no markup, no link, no mention of a user, no new line. */
export function markdown(text: string): string {
  return printable(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()#+!|~@]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A value as JSON that can stand in a script element of a page. */
export function scriptJSON(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

/** In an attribute of XML, whose parser would make spaces of new lines. */
export function attribute(text: string): string {
  return markup(text).replaceAll('\r', '&#13;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** Control characters that are no white space, lone halves of pairs and the two last of the plane, by U+FFFD. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}

/** A text of several lines that a terminal shows and does not obey: control characters but for colours by U+FFFD. */
export function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/(?!\u001b\[\d+m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** A text with its line breaks as spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
