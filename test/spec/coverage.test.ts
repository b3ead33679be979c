import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { groups } from '../../scripts/generate.ts';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGoldenFile } from '../../src/golden/read.ts';
import { root } from '../../src/scenario/root.ts';

/** One of PyTorch's tests. */
interface Row {
  readonly test: string;
  readonly asserts: string;
  /** Globs of the ids of cases that assert it. */
  readonly cases: readonly string[];
  /** What they do not assert, and why. */
  readonly lacks?: string;
}

interface Coverage {
  readonly about: readonly string[];
  /** Words that stand for a reason. */
  readonly words: Readonly<Record<string, string>>;
  /** The sets of options that most tests of every optimizer go through. */
  readonly options: readonly { readonly options: string; readonly cases: readonly string[] }[];
  readonly suites: readonly { readonly tests_of: string; readonly tests: readonly Row[] }[];
}

const coverage = JSON.parse(readFileSync(new URL('spec/coverage.json', root), 'utf8')) as Coverage;
const rows = coverage.suites.flatMap(({ tests }) => tests);

const generated = groups().flatMap(({ area, name, cases }) => cases.map(({ id }) => `${area}/${name}/${id}`));
const recorded = goldenPaths(goldenFolder).flatMap((path) => readGoldenFile(path).cases.map(({ id }) => id));
const ids = [...new Set([...generated, ...recorded])];

/** Whether an id is one of those that a glob stands for. */
function matches(glob: string, id: string): boolean {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(id);
}

/** The tests of PyTorch's that apply to RMSprop on a CPU, without their prefix. */
const UPSTREAM = `
  optim_infos_do_not_specify_global_cliquey_kwargs errors forloop_goes_right_direction
  param_group_with_lrscheduler_goes_right_direction tensor_lr complex complex_2d foreach_matches_forloop
  param_groups_weight_decay param_groups_lr step_is_noop_when_params_have_no_grad step_is_noop_for_zero_grads
  grads_are_never_inplaced_into optimizer_can_be_printed state_dict_deterministic can_load_older_state_dict
  can_load_from_to_named_state_dict save_load_equality_with_weights_only load_nontensor_step state_dict_pre_hook
  state_dict_post_hook state_dict_pre_post_hook load_state_dict_pre_hook_and_prepend load_state_dict_post_hook
  load_state_dict_pre_post_hook step_post_hook step_pre_hook step_all_hooks deepcopy_copies_all_public_attrs
  non_empty_state set_default_dtype_works_with_foreach mixed_device_dtype rmsprop
  old_pattern_warning old_pattern_warning_with_arg old_pattern_warning_resuming old_pattern_warning_resuming_with_arg
  old_pattern_warning_with_overridden_optim_step new_pattern_no_warning new_pattern_no_warning_with_arg
  new_pattern_no_warning_with_overridden_optim_step
  raise_error_when_last_epoch_is_greater_than_0_and_initial_lr_is_not_specified`
  .trim()
  .split(/\s+/);

it('spec/coverage.json has a row for every test, each once', () => {
  const tests = rows.map(({ test }) => test);
  const absent = UPSTREAM.filter((name) => !tests.some((test) => /^test_\w+/.exec(test)?.[0] === `test_${name}`));
  expect(absent).toEqual([]);
  expect(tests.filter((test, i) => tests.indexOf(test) !== i)).toEqual([]);
  expect(rows.filter(({ test, asserts }) => test === '' || asserts === '')).toEqual([]);
});

it('every case that spec/coverage.json names is there', () => {
  const named = [...new Set([...coverage.options, ...rows].flatMap(({ cases }) => cases))];
  expect(named.filter((glob) => !ids.some((id) => matches(glob, id)))).toEqual([]);
});

it('no row of spec/coverage.json is without cases and without a reason', () => {
  expect(rows.filter(({ cases, lacks }) => cases.length === 0 && (lacks ?? '') === '')).toEqual([]);
  expect(coverage.options.filter(({ cases }) => cases.length === 0)).toEqual([]);
});

it('spec/coverage.json has no other keys', () => {
  const strange = (of: object, ...known: string[]): string[] => Object.keys(of).filter((key) => !known.includes(key));
  expect(strange(coverage, 'about', 'words', 'options', 'suites')).toEqual([]);
  expect(coverage.suites.flatMap((suite) => strange(suite, 'tests_of', 'tests'))).toEqual([]);
  expect(rows.flatMap((row) => strange(row, 'test', 'asserts', 'cases', 'lacks'))).toEqual([]);
});
