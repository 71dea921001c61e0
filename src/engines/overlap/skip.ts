import { isFree } from './decision.js';
import type { Decide } from './decision.js';

/**
 * Declines a fire while a run is active, as `exhaustMap` does: for work of which the next round makes up for the last.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|            |3==========|
 *            1 and 2 are skipped (overlap)
 * ```
 */
export const decideSkip: Decide = (load) => (isFree(load) ? 'start' : 'overlap');
