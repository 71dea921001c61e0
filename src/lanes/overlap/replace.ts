import type { OverlapPolicy } from './overlap-policy.js';
import { isFree, oneActive } from './overlap-policy.js';

/**
 * Cancels the active run and starts at once, like `switchMap`. Use it if a newer fire makes the active run pointless.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0===|1===|2==========|  |3==========|
 *            0 and 1 are cancelled
 * ```
 */
export const replaceActive: OverlapPolicy = {
  decide: (load) => (isFree(load) ? 'start' : 'replace'),
  maxActive: oneActive,
  replacesRuns: true,
};
