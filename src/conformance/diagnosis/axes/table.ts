/**
 * What can be wrong with an RMSprop, as a table: every axis.
 */
import { AROUND } from './around.ts';
import type { Axes, AxisName } from './axis.ts';
import { CENTERED } from './centered.ts';
import { DECAY } from './decay.ts';
import { DEFAULTS } from './defaults.ts';
import { EPS } from './eps.ts';
import { MOMENTUM } from './momentum.ts';
import { SQUARES } from './squares.ts';

/** Every axis. */
export const AXES: Axes<AxisName> = {
  ...EPS,
  ...SQUARES,
  ...CENTERED,
  ...MOMENTUM,
  ...DECAY,
  ...AROUND,
  ...DEFAULTS,
};

/** The names of all axes. */
export const AXIS_NAMES = Object.keys(AXES) as AxisName[];
