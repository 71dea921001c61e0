import type { Fire } from './fire.js';
import type { JobTriggerType } from './trigger-type.js';

/** How a fire ended. Every fire ends with exactly one outcome. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'skipped';

/** Why a fire can be skipped. */
export const SKIP_REASONS = ['overlap', 'limit', 'superseded', 'misfire', 'paused', 'requested'] as const;

/**
 * Why a fire was skipped:
 *
 * - `overlap`: a run was active and the overlap policy skips such fires;
 * - `limit`: the queue, or the number of active runs, had reached its limit;
 * - `superseded`: a newer fire replaced it in the queue;
 * - `misfire`: it was late and the misfire policy drops late fires;
 * - `paused`: it came due while the job was paused;
 * - `requested`: `skipNext` was called.
 */
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Fields of every event. */
interface EventBase<Type extends string> {
  readonly type: Type;
  readonly jobId: string;
  /** When it happened, in epoch ms. */
  readonly at: number;
}

/** Fields of every event of a fire. */
interface FireEvent<Type extends string> extends EventBase<Type> {
  readonly fire: Fire;
}

/** The job was added. This is the first event of every job. */
export interface AddedEvent extends EventBase<'added'> {
  readonly triggerType: JobTriggerType;
}
/** The timer for the next fire was set, or `skipNext` changed which one is next. */
export interface ArmedEvent extends EventBase<'armed'> {
  /** When the next fire that is not skipped will come, in epoch ms. Null if there is none, or if the job is paused. */
  readonly runAt: number | null;
}
/** A fire came due. It counts as queued until its run starts or it has an outcome. */
export interface FiredEvent extends FireEvent<'fired'> {
  /** True for a fire of `runNow` that leaves the timer of the trigger as it is. */
  readonly extra?: true;
}
/** An attempt started. With attempt 1 its run started too. */
export interface StartedEvent extends FireEvent<'started'> {
  /** 1 for the first. */
  readonly attempt: number;
}
/** An attempt failed and another one follows. */
export interface RetryingEvent extends FireEvent<'retrying'> {
  /** The next attempt: 2 for the first retry. */
  readonly attempt: number;
  /** Delay before the next attempt, in ms. */
  readonly delayMs: number;
  /** The error of the failed attempt. */
  readonly error: unknown;
}
/** The Observable, Promise or function of a run emitted a value. */
export interface EmittedEvent extends FireEvent<'emitted'> {
  readonly value: unknown;
}
/** Fields of the events that end a run. */
interface RunEndEvent<Type extends Outcome> extends FireEvent<Type> {
  /** When the run started, in epoch ms. Null for a fire that was cancelled while it was queued. */
  readonly startedAt: number | null;
  /** Number of attempts. 0 for a fire that was cancelled while it was queued. */
  readonly attempts: number;
}
/** A run ended without an error. */
export type SucceededEvent = RunEndEvent<'succeeded'>;
/** A run ended with an error. */
export interface FailedEvent extends RunEndEvent<'failed'> {
  readonly error: unknown;
}
/** A run or a queued fire was cancelled. */
export type CancelledEvent = RunEndEvent<'cancelled'>;
/** A fire was skipped. It will not run. */
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
/** The job got another trigger. */
export interface RescheduledEvent extends EventBase<'rescheduled'> {
  readonly triggerType: JobTriggerType;
}
/** The trigger failed. It will not fire again. */
export interface TriggerFailedEvent extends EventBase<'trigger-failed'> {
  readonly error: unknown;
}
/** `removeJob` or `shutdown` was called with `drain` while runs were active. The job does not fire again and is removed after them. */
export type DrainingEvent = EventBase<'draining'>;
/** The trigger has ended and no run is active or queued. */
export type CompletedEvent = EventBase<'completed'>;
/** The job was removed. This is the last event of every job. */
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

/** The types of events. */
export type JobEventType = JobEvent['type'];

/** The names of the events. */
export const EVENT_TYPES: readonly JobEventType[] = [
  'added',
  'armed',
  'fired',
  'started',
  'retrying',
  'emitted',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
  'paused',
  'resumed',
  'gate',
  'rescheduled',
  'trigger-failed',
  'draining',
  'completed',
  'removed',
];
