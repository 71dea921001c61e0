import { isFree } from './decision.js';
import type { Decide } from './decision.js';

/**
 * Cancels the active run and starts at once, as `switchMap` does: for work that a newer fire makes pointless.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0===|1===|2==========|  |3==========|
 *            0 and 1 are cancelled
 * ```
 */
export const decideReplace: Decide = (load) => (isFree(load) ? 'start' : 'replace');
