import type { OverlapPolicy } from './overlap-policy.js';
import { isFree, oneActive } from './overlap-policy.js';

/**
 * Queues fires, like `concatMap`, up to `queueLimit`. Use it if no run may be left out.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|1==========|2==========|3==========|
 *            fires beyond `queueLimit` are skipped (limit)
 * ```
 */
export const queueAll: OverlapPolicy = {
  decide: (load) => {
    if (isFree(load)) return 'start';
    return load.queued < load.queueLimit ? 'queue' : 'limit';
  },
  maxActive: oneActive,
  replacesRuns: false,
};
