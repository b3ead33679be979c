/**
 * A place where observations differ, and how many numbers do.
 */
import type { Facet } from '../scenario/needs.ts';

/** The first place where a subject's observations differ from a reference's. */
export interface Difference {
  /** Index of the operation in the program, and its name. */
  readonly op: number;
  readonly operation: string;
  readonly facet: Facet;
  /** The place in words, such as "step 3, matrix[1, 2]". */
  readonly where: string;
  readonly step?: number;
  readonly tensor?: string;
  /** Indices of the element. */
  readonly element?: readonly number[];
  readonly expected: string;
  readonly actual: string;
  /** How many representable numbers lie between, signed; absent for anything but two numbers. */
  readonly ulps?: string;
}

/** How many numbers were compared, and how many of them had other bits. */
export interface Numbers {
  readonly compared: number;
  readonly differing: number;
}

/** What comparing the observations of one case says. */
export interface Comparison {
  readonly numbers: Numbers;
  readonly first?: Difference;
}
