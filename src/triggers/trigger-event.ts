import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';

/** A fire that came due and will not run. */
export interface Dropped {
  readonly fire: Fire;
  readonly reason: SkipReason;
}

/** When the next fire will come, in epoch ms. {@link UNARMED} if the job is paused or if it is unknown. */
export type NextRun = number;
export const UNARMED: NextRun = NaN;

/**
 * What a driven trigger emits. Every fire is followed by a {@link NextRun} or the completion. So the job knows what comes next **before**
 * it calls user code.
 */
export type TriggerEvent = Fire | Dropped | NextRun;

export function isDropped(event: Fire | Dropped): event is Dropped {
  return 'reason' in event;
}
