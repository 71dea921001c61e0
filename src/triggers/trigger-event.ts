import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';

/** A fire that came due and is not to run. */
export interface Dropped {
  readonly fire: Fire;
  readonly reason: SkipReason;
}

/** When the next fire will come, in epoch ms; {@link UNARMED} where the job is paused, or nobody can tell. */
export type NextRun = number;
export const UNARMED: NextRun = NaN;

/**
 * What a driven trigger tells. Every fire is followed by what comes next, a {@link NextRun} or the completion, so that whoever
 * runs the fire knows it **before** user code runs.
 */
export type TriggerEvent = Fire | Dropped | NextRun;

export function isDropped(event: Fire | Dropped): event is Dropped {
  return 'reason' in event;
}
