import type { Fire } from '../model/fire.js';
import type { ArmedEvent, FiredEvent, SkipReason } from '../model/job-event.js';

/** Nothing is armed: the job is paused, or nobody can tell what comes next. */
export interface Unarmed {
  readonly type: 'unarmed';
}
export const UNARMED: Unarmed = { type: 'unarmed' };

/** A fire that came due and is not to run. */
export interface Dropped {
  readonly type: 'dropped';
  readonly jobId: string;
  readonly at: number;
  readonly fire: Fire;
  readonly reason: SkipReason;
}

/**
 * What a driven trigger tells. Every `fired` is followed by what comes next, `armed`, `unarmed` or the completion, so that
 * whoever runs the fire knows it **before** user code runs.
 */
export type TriggerEvent = FiredEvent | ArmedEvent | Unarmed | Dropped;
