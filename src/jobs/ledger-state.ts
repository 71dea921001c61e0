import { withErrorJson } from '../model/error-json.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent, Outcome, SkipReason } from '../model/job-event.js';
import type { JobState, JobStatus, LastRun } from '../model/job-status.js';
import type { JobTriggerType } from '../model/trigger-type.js';

/** The last run. The next run overwrites it: keeping an event for a second in each of 100,000 jobs costs more than its fire. */
interface LastEnd {
  scheduledAt: number;
  startedAt: number;
  endedAt: number;
  outcome: Exclude<Outcome, 'skipped'>;
  error: unknown;
  /** The last value, if the job keeps it. */
  kept: { readonly value: unknown } | null;
  /** When the last run that succeeded ended, or NaN. */
  succeededAt: number;
}

/** The fold of a job's events. Only {@link apply} and the functions for single events change it. */
export class LedgerState {
  readonly jobId: string;
  status: JobState = 'running';
  triggerType: JobTriggerType = 'observable'; // until `added`
  gateOpen = true;
  fireCount = 0;
  executionCount = 0;
  activeRuns = 0;
  queuedFires = 0;
  retryCount = 0;
  succeeded = 0;
  failed = 0;
  cancelled = 0;
  /** Counts by reason. Null until the first fire is skipped. */
  skipped: Record<SkipReason, number> | null = null;
  /** When the next fire will come, or NaN. */
  armedAt: number;
  lastEnd: LastEnd | null = null;
  /** Elapsed time up to `since`, by the times of the events. `since` is when the job last began to run, or NaN while it is stopped. */
  elapsedMs = 0;
  since: number;
  /** The times of the first and of the last event. */
  addedAt: number;
  changedAt: number;

  constructor(jobId: string) {
    this.jobId = jobId;
    this.addedAt = NaN;
    this.changedAt = NaN;
    this.armedAt = NaN;
    this.since = NaN;
  }
}

/** Applies an event to the state, in place. After every event `fireCount = outcomes + activeRuns + queuedFires`. */
export function apply(state: LedgerState, event: JobEvent): void {
  state.changedAt = event.at;
  switch (event.type) {
    case 'added':
      state.triggerType = event.triggerType;
      state.addedAt = event.at;
      state.since = event.at;
      break;
    case 'armed':
      applyArmed(state, event.runAt ?? NaN, event.at);
      break;
    case 'fired':
      applyFired(state, event.extra === true, event.at);
      break;
    case 'started':
      if (event.attempt === 1) applyStarted(state, event.at);
      break;
    case 'succeeded':
      applySucceeded(state, event.fire, event.startedAt ?? event.at, event.at);
      break;
    case 'failed':
      state.failed++;
      state.activeRuns--;
      end(state, 'failed', event.fire, event.startedAt ?? event.at, event.at, event.error);
      break;
    case 'cancelled':
      state.cancelled++;
      if (event.startedAt === null) {
        state.queuedFires--;
      } else {
        state.activeRuns--;
        end(state, 'cancelled', event.fire, event.startedAt, event.at);
      }
      break;
    case 'skipped':
      state.skipped ??= { ...NONE_SKIPPED };
      state.skipped[event.reason]++;
      state.queuedFires--;
      break;
    case 'paused':
      state.status = 'paused';
      stopTime(state, event.at);
      break;
    case 'resumed':
      state.status = 'running';
      if (state.gateOpen) state.since = event.at;
      break;
    case 'gate':
      state.gateOpen = event.open;
      if (!event.open) stopTime(state, event.at);
      else if (state.status === 'running') state.since = event.at;
      break;
    case 'rescheduled':
      state.triggerType = event.triggerType;
      state.armedAt = NaN;
      break;
    case 'trigger-failed':
      state.armedAt = NaN;
      break;
    case 'draining':
      stopTime(state, event.at);
      break;
    case 'completed':
    case 'removed':
      state.status = event.type;
      stopTime(state, event.at);
      break;
    case 'retrying':
      state.retryCount++;
      break;
    case 'emitted':
      break;
  }
}

// The events that come with every fire, for callers that have no event object.

/** @param runAt NaN if there is none. */
export function applyArmed(state: LedgerState, runAt: number, at: number): void {
  state.changedAt = at;
  state.armedAt = runAt;
}

export function applyFired(state: LedgerState, extra: boolean, at: number): void {
  state.changedAt = at;
  state.fireCount++;
  state.queuedFires++;
  if (!extra) state.armedAt = NaN;
}

export function applyStarted(state: LedgerState, at: number): void {
  state.changedAt = at;
  state.queuedFires--;
  state.activeRuns++;
  state.executionCount++;
}

export function applySucceeded(state: LedgerState, fire: Fire, startedAt: number, at: number): void {
  state.changedAt = at;
  state.succeeded++;
  state.activeRuns--;
  end(state, 'succeeded', fire, startedAt, at).succeededAt = at;
}

/** Applies an event to a copy of the state. */
export function reduce(state: LedgerState, event: JobEvent): LedgerState {
  const { skipped, lastEnd } = state;
  const next = Object.assign(new LedgerState(state.jobId), state, {
    skipped: skipped === null ? null : { ...skipped },
    lastEnd: lastEnd === null ? null : { ...lastEnd },
  });
  apply(next, event);
  return next;
}

/** Elapsed time at `now`, by the times of the events. */
export function elapsedAt(state: LedgerState, now: number): number {
  return state.elapsedMs + (Number.isNaN(state.since) ? 0 : Math.max(0, now - state.since));
}

/** A frozen snapshot of a state. All listeners get the same object. */
export function statusOf(state: LedgerState, elapsedTimeMs: number, remainingMs: number | null): JobStatus {
  const { jobId, status, triggerType, executionCount, fireCount, activeRuns, queuedFires, lastEnd } = state;
  return Object.freeze({
    jobId,
    status,
    triggerType,
    executionCount,
    elapsedTimeMs,
    nextRunTime: status === 'running' && state.gateOpen && !Number.isNaN(state.armedAt) ? state.armedAt : null,
    remainingMs,
    isFinished: status === 'completed' || status === 'removed',
    gate: state.gateOpen ? 'open' : 'closed',
    fireCount,
    retryCount: state.retryCount,
    activeRuns,
    queuedFires,
    outcomes: outcomesOf(state),
    lastRun: lastEnd === null ? null : lastRunOf(lastEnd),
    lastSuccessAt: lastEnd === null || Number.isNaN(lastEnd.succeededAt) ? null : lastEnd.succeededAt,
  });
}

/** The number of fires with each outcome, and of skipped fires with each reason. */
export function outcomesOf({ succeeded, failed, cancelled, skipped: reasons }: OutcomeCounts): JobStatus['outcomes'] {
  const { overlap, limit, superseded, misfire, paused, requested } = reasons ?? NONE_SKIPPED;
  const skipped = overlap + limit + superseded + misfire + paused + requested;
  return Object.freeze({ succeeded, failed, cancelled, skipped, overlap, limit, superseded, misfire, paused, requested });
}

/** The counts of outcomes in a state. */
export type OutcomeCounts = Pick<LedgerState, 'succeeded' | 'failed' | 'cancelled' | 'skipped'>;

export const NONE_SKIPPED: Readonly<Record<SkipReason, number>> = {
  overlap: 0,
  limit: 0,
  superseded: 0,
  misfire: 0,
  paused: 0,
  requested: 0,
};

function lastRunOf({ scheduledAt, startedAt, endedAt, outcome, error, kept }: LastEnd): LastRun {
  const run: LastRun = { scheduledAt, startedAt, endedAt, outcome };
  if (outcome === 'failed') return Object.freeze(withErrorJson({ ...run, error }));
  return Object.freeze(kept === null ? run : { ...run, value: kept.value });
}

function end(
  state: LedgerState,
  outcome: LastEnd['outcome'],
  { scheduledAt }: Fire,
  startedAt: number,
  endedAt: number,
  error?: unknown,
): LastEnd {
  const { lastEnd } = state;
  if (lastEnd === null) return (state.lastEnd = { scheduledAt, startedAt, endedAt, outcome, error, kept: null, succeededAt: NaN });
  lastEnd.scheduledAt = scheduledAt;
  lastEnd.startedAt = startedAt;
  lastEnd.endedAt = endedAt;
  lastEnd.outcome = outcome;
  lastEnd.error = error;
  lastEnd.kept = null;
  return lastEnd;
}

function stopTime(state: LedgerState, at: number): void {
  state.elapsedMs = elapsedAt(state, at);
  state.since = NaN;
  state.armedAt = NaN;
}
