import type { Fire } from './fire.js';

/** How a fire ended. Every fire ends in exactly one. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'skipped';

/**
 * Why a fire was skipped:
 *
 * - `overlap`: a run was active, and the policy declines;
 * - `limit`: the queue, or the number of parallel runs, was full;
 * - `superseded`: a newer fire took its place in the queue;
 * - `misfire`: it was late, and the misfire policy drops what is late;
 * - `paused`: it came due while the job was paused.
 */
export type SkipReason = 'overlap' | 'limit' | 'superseded' | 'misfire' | 'paused';

/** What every event has. */
interface EventBase<Type extends string> {
  readonly type: Type;
  readonly jobId: string;
  /** When it happened, in epoch ms. */
  readonly at: number;
}

/** What the events of one fire have. */
interface FireEvent<Type extends string> extends EventBase<Type> {
  readonly fire: Fire;
}

/** The job was added; the first event of every job. */
export interface AddedEvent extends EventBase<'added'> {
  readonly triggerType: string;
}
/** The timer for the next fire was set. */
export interface ArmedEvent extends EventBase<'armed'> {
  /** When the next fire will come, in epoch ms. */
  readonly runAt: number;
}
/** A fire came due. It counts as queued until it is started or has an outcome. */
export interface FiredEvent extends FireEvent<'fired'> {
  /** True for a fire that `runNow` asked for and after which what is armed stays so. */
  readonly extra?: true;
}
/** An attempt of a run begins; with attempt 1 the run itself does. */
export interface StartedEvent extends FireEvent<'started'> {
  /** 1 for the first. */
  readonly attempt: number;
}
/** An attempt failed, and another will be made. */
export interface RetryingEvent extends FireEvent<'retrying'> {
  /** The number of the attempt to come: 2 for the first retry. */
  readonly attempt: number;
  /** In how many ms it will begin. */
  readonly delayMs: number;
  /** What the attempt before it failed with. */
  readonly error: unknown;
}
/** The job's own Observable, Promise or function gave a value. */
export interface EmittedEvent extends FireEvent<'emitted'> {
  readonly value: unknown;
}
/** What the events that end a run have. */
interface RunEndEvent<Type extends Outcome> extends FireEvent<Type> {
  /** When the run began, in epoch ms; null for a fire that was cancelled while it was queued. */
  readonly startedAt: number | null;
}
/** A run ended well. */
export type SucceededEvent = RunEndEvent<'succeeded'>;
/** A run ended with an error. */
export interface FailedEvent extends RunEndEvent<'failed'> {
  readonly error: unknown;
}
/** A run, or a queued fire, was called off. */
export type CancelledEvent = RunEndEvent<'cancelled'>;
/** A fire was declined; it will not run. */
export interface SkippedEvent extends FireEvent<'skipped'> {
  readonly reason: SkipReason;
}
/** `pauseJob` took effect. */
export type PausedEvent = EventBase<'paused'>;
/** `resumeJob` took effect. */
export type ResumedEvent = EventBase<'resumed'>;
/** The gate of the option `when` opened or closed. */
export interface GateEvent extends EventBase<'gate'> {
  readonly open: boolean;
}
/** The job has another trigger. */
export interface RescheduledEvent extends EventBase<'rescheduled'> {
  readonly triggerType: string;
}
/** The trigger failed: it will not fire any more. */
export interface TriggerFailedEvent extends EventBase<'trigger-failed'> {
  readonly error: unknown;
}
/** `removeJob` or `shutdown` was called with `drain`, and runs are still active: the job fires no more, and goes when they have ended. */
export type DrainingEvent = EventBase<'draining'>;
/** The trigger has ended, and nothing is active or queued any more. */
export type CompletedEvent = EventBase<'completed'>;
/** The job is gone; the last event of every job. */
export type RemovedEvent = EventBase<'removed'>;

/** One entry of a job's log. The status of a job is the fold of its events. */
export type JobEvent =
  | AddedEvent
  | ArmedEvent
  | FiredEvent
  | StartedEvent
  | RetryingEvent
  | EmittedEvent
  | SucceededEvent
  | FailedEvent
  | CancelledEvent
  | SkippedEvent
  | PausedEvent
  | ResumedEvent
  | GateEvent
  | RescheduledEvent
  | TriggerFailedEvent
  | DrainingEvent
  | CompletedEvent
  | RemovedEvent;

/** The events that end a run or a queued fire. */
export type RunEnd = SucceededEvent | FailedEvent | CancelledEvent;
