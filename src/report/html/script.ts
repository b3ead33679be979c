/**
 * What the page does: it copies commands, and lists the cases that are searched for. Texts go in as text, never as markup.
 */
export const SCRIPT: string = `
const data = JSON.parse(document.getElementById('data').textContent);
const NAMES = { x: 'broken', f: 'failed', b: 'bounded', e: 'exact', u: 'unsupported' };
const SHOWN = 100;
const rows = data.runs.flatMap(({ reference, ids, verdicts, said }) => ids.map((at, i) => {
  const [id, profile, clauses] = data.cases[at];
  const text = i in said ? data.texts[said[i]] : '';
  return { reference, id, verdict: verdicts[i], text, words: [id, profile, clauses, reference, text].join(' ').toLowerCase() };
}));
rows.sort((a, b) => 'xfbeu'.indexOf(a.verdict) - 'xfbeu'.indexOf(b.verdict));
const chosen = new Set();
const query = document.getElementById('query');
const several = data.runs.length > 1;
function show() {
  const wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = rows.filter((row) => (chosen.size === 0 || chosen.has(row.verdict)) && wanted.every((word) => row.words.includes(word)));
  const list = document.getElementById('list');
  list.replaceChildren(...found.slice(0, SHOWN).map((row) => {
    const line = document.createElement('tr');
    const add = (text, name) => {
      const cell = document.createElement('td');
      cell.textContent = text;
      if (name) cell.className = name;
      line.append(cell);
      return cell;
    };
    add(NAMES[row.verdict], NAMES[row.verdict]);
    const cell = add(row.id, 'id');
    if (several || row.text) {
      const more = document.createElement('small');
      more.textContent = [several ? row.reference : '', row.text].filter(Boolean).join(': ');
      cell.append(more);
    }
    return line;
  }));
  const count = found.length.toLocaleString('en-US') + ' of ' + rows.length.toLocaleString('en-US') + ' cases';
  document.getElementById('found').textContent = found.length > SHOWN ? count + ', the first ' + SHOWN + ' shown' : count;
}
for (const [letter, name] of Object.entries(NAMES)) {
  const count = rows.filter((row) => row.verdict === letter).length;
  if (count === 0) continue;
  const chip = document.createElement('button');
  chip.type = 'button';
  chip.className = 'chip ' + name;
  chip.textContent = name + ' ' + count.toLocaleString('en-US');
  chip.setAttribute('aria-pressed', 'false');
  chip.addEventListener('click', () => {
    if (!chosen.delete(letter)) chosen.add(letter);
    chip.setAttribute('aria-pressed', String(chosen.has(letter)));
    show();
  });
  document.getElementById('chips').append(chip);
}
query.addEventListener('input', show);
query.form.addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('.copy'))
  button.addEventListener('click', () => {
    const code = button.previousElementSibling;
    const say = (text) => { button.textContent = text; setTimeout(() => (button.textContent = 'copy'), 1500); };
    const select = () => { getSelection().selectAllChildren(code); say('selected'); };
    if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(() => say('copied'), select);
    else select();
  });
show();
`;
