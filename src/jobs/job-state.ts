import type { Fire } from '../model/fire.js';
import type { JobEvent, Outcome, SkipReason } from '../model/job-event.js';
import type { JobState as State, JobStatus, LastRun } from '../model/job-status.js';

/** How the last run went, overwritten by the next: an event kept a second in each of 100,000 jobs costs more than its fire. */
interface LastEnd {
  scheduledAt: number;
  startedAt: number;
  endedAt: number;
  outcome: Exclude<Outcome, 'skipped'>;
  error: unknown;
}

/** What a log of events comes to: everything that a status tells. Changed by {@link apply} alone. */
export interface JobState {
  readonly jobId: string;
  status: State;
  triggerType: string;
  gateOpen: boolean;
  fireCount: number;
  executionCount: number;
  activeRuns: number;
  queuedFires: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Counts by reason; null before the first is skipped. */
  skipped: Record<SkipReason, number> | null;
  /** The instant of the next fire, or NaN. */
  armedAt: number;
  lastEnd: LastEnd | null;
  /** Elapsed time up to `since`, which is when it began to run, or NaN while it stands; by the events' own times. */
  elapsedMs: number;
  since: number;
}

/** The state of a job of which nothing is known yet. */
export function initialState(jobId: string): JobState {
  return {
    jobId,
    status: 'running',
    triggerType: '',
    gateOpen: true,
    fireCount: 0,
    executionCount: 0,
    activeRuns: 0,
    queuedFires: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    skipped: null,
    armedAt: NaN,
    lastEnd: null,
    elapsedMs: 0,
    since: NaN,
  };
}

/** The fold: what one event changes, in place. It holds `fireCount = outcomes + activeRuns + queuedFires` after every event. */
export function apply(state: JobState, event: JobEvent): void {
  switch (event.type) {
    case 'added':
      state.triggerType = event.triggerType;
      state.since = event.at;
      break;
    case 'armed':
      applyArmed(state, event.runAt);
      break;
    case 'fired':
      applyFired(state, event.extra === true);
      break;
    case 'started':
      if (event.attempt === 1) applyStarted(state);
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
      state.skipped ??= { overlap: 0, limit: 0, superseded: 0, misfire: 0, paused: 0 };
      state.skipped[event.reason]++;
      state.queuedFires--;
      break;
    case 'paused':
      state.status = 'paused';
      stand(state, event.at);
      break;
    case 'resumed':
      state.status = 'running';
      if (state.gateOpen) state.since = event.at;
      break;
    case 'gate':
      state.gateOpen = event.open;
      if (!event.open) stand(state, event.at);
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
      stand(state, event.at);
      break;
    case 'completed':
    case 'removed':
      state.status = event.type;
      stand(state, event.at);
      break;
    case 'retrying':
    case 'emitted':
      break;
  }
}

// What comes with every fire, for whoever has no event in hand.

export function applyArmed(state: JobState, runAt: number): void {
  state.armedAt = runAt;
}

export function applyFired(state: JobState, extra: boolean): void {
  state.fireCount++;
  state.queuedFires++;
  if (!extra) state.armedAt = NaN;
}

export function applyStarted(state: JobState): void {
  state.queuedFires--;
  state.activeRuns++;
  state.executionCount++;
}

export function applySucceeded(state: JobState, fire: Fire, startedAt: number, at: number): void {
  state.succeeded++;
  state.activeRuns--;
  end(state, 'succeeded', fire, startedAt, at);
}

/** The fold without a change in place: a new state, for logs. */
export function reduce(state: JobState, event: JobEvent): JobState {
  const { skipped, lastEnd } = state;
  const next = { ...state, skipped: skipped === null ? null : { ...skipped }, lastEnd: lastEnd === null ? null : { ...lastEnd } };
  apply(next, event);
  return next;
}

/** Elapsed time at `now`, by the events' own times. */
export function elapsedAt(state: JobState, now: number): number {
  return state.elapsedMs + (Number.isNaN(state.since) ? 0 : Math.max(0, now - state.since));
}

/** The picture of a state that users get, frozen: all listeners are given the same. */
export function statusOf(state: JobState, elapsedTimeMs: number): JobStatus {
  const { jobId, status, triggerType, executionCount, fireCount, activeRuns, queuedFires, succeeded, failed, cancelled } = state;
  const { overlap, limit, superseded, misfire, paused } = state.skipped ?? NONE_SKIPPED;
  const skipped = overlap + limit + superseded + misfire + paused;
  return Object.freeze({
    jobId,
    status,
    triggerType,
    executionCount,
    elapsedTimeMs,
    nextRunTime: status === 'running' && state.gateOpen && !Number.isNaN(state.armedAt) ? state.armedAt : null,
    isFinished: status === 'completed' || status === 'removed',
    gate: state.gateOpen ? 'open' : 'closed',
    fireCount,
    activeRuns,
    queuedFires,
    outcomes: Object.freeze({ succeeded, failed, cancelled, skipped, overlap, limit, superseded, misfire, paused }),
    lastRun: state.lastEnd === null ? null : lastRunOf(state.lastEnd),
  });
}

const NONE_SKIPPED: Readonly<Record<SkipReason, number>> = { overlap: 0, limit: 0, superseded: 0, misfire: 0, paused: 0 };

function lastRunOf({ error, ...run }: LastEnd): LastRun {
  return run.outcome === 'failed' ? { ...run, error } : run;
}

function end(
  state: JobState,
  outcome: LastEnd['outcome'],
  { scheduledAt }: Fire,
  startedAt: number,
  endedAt: number,
  error?: unknown,
): void {
  const { lastEnd } = state;
  if (lastEnd === null) {
    state.lastEnd = { scheduledAt, startedAt, endedAt, outcome, error };
    return;
  }
  lastEnd.scheduledAt = scheduledAt;
  lastEnd.startedAt = startedAt;
  lastEnd.endedAt = endedAt;
  lastEnd.outcome = outcome;
  lastEnd.error = error;
}

function stand(state: JobState, at: number): void {
  state.elapsedMs = elapsedAt(state, at);
  state.since = NaN;
  state.armedAt = NaN;
}
