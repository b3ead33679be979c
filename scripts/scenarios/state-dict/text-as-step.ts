/**
 * A step that is a text: a deep copy makes the number of it that Python's float does, in 2.13.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, copy, edit, groupOf, look, optimizer, train } from '../tiny.ts';

/** Group `text-as-step`. */
export function textAsStep(): Group {
  return groupOf(['state_dict', 'text-as-step', 'steps that are texts, in a deep copy'], cases());
}

const TAKEN: Readonly<Record<string, readonly string[]>> = {
  digits: ['3', '003', '-7', '+2'],
  decimals: ['2.5', '.5', '5.', '-.25'],
  exponents: ['1e3', '1E-2', '2.5e+1', '1e400', '-1e-400'],
  underscores: ['1_000', '1_0.2_5', '1e1_0'],
  names: ['inf', '-Infinity', '+iNF', 'NaN', '-nan'],
  spaces: [' 3 ', '\t\n\v\f\r3', '\u00a03\u3000', '\u20283\u0085'],
  'other-digits': ['\u0663', '\uff13.\uff15', '\u{1d7db}e\u0967', '\u0661_\u0662'],
};

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  nothing: ['', ' ', '+', '.', 'e5', '-.'],
  endings: ['1e', '1e+', '1x', '1.2.3', '1 2', '- 1', '--1'],
  underscores: ['_1', '1_', '1__0', '1_.5', '1._5', '1_e5', '1e_5', 'i_nf'],
  prefixes: ['0x10', '0b1', '0o7', '1n', '\ufeff1', '\u200b1'],
  names: ['infinit', 'nano', 'None', 'Infinityx', '+ inf'],
  signs: ['\u22121', '\u00b2', '\u2460', '\u00bd'],
  separators: ['\x1c1', '1\x00', '1,5'],
};

function cases(): ScenarioCase[] {
  const of = (id: string, texts: readonly string[]): ScenarioCase =>
    caseOf(
      id,
      ['RPR-3', 'RPR-12'],
      ['errors', 'messages'],
      [
        optimizer({}, ['$w']),
        train(1),
        ...texts.flatMap((text, i) => [
          edit(['opt', 'state', '$w', 'step'], text),
          ...[copy('opt', `twin${i}`), look(`twin${i}`, 'state')],
        ]),
      ],
    );
  return [
    ...Object.entries(TAKEN).map(([id, texts]) => of(`taken-${id}`, texts)),
    ...Object.entries(REFUSED).map(([id, texts]) => of(`refused-${id}`, texts)),
  ];
}
