/**
 * What a generator makes: golden files without observations, whose case ids lack the "area/name/" in front.
 */
import type { CaseEntry, GoldenFile } from '../../src/golden/types.ts';

/** A case to record. */
export type ScenarioCase = Omit<CaseEntry, 'observed'>;

/** A file to record. */
export type Group = Omit<GoldenFile, 'format' | 'cases' | 'observations'> & { readonly cases: readonly ScenarioCase[] };
