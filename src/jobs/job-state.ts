import type { JobEvent, RunEnd, SkipReason } from '../model/job-event.js';
import type { JobState as State, JobStatus, LastRun } from '../model/job-status.js';

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
  /** The instant of the next fire, or null. */
  armedAt: number | null;
  lastEnd: RunEnd | null;
  /** Elapsed time up to `since`, which is when it began to run, or null while it stands; by the events' own times. */
  elapsedMs: number;
  since: number | null;
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
    armedAt: null,
    lastEnd: null,
    elapsedMs: 0,
    since: null,
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
      state.armedAt = event.runAt;
      break;
    case 'fired':
      state.fireCount++;
      state.queuedFires++;
      if (event.extra !== true) state.armedAt = null;
      break;
    case 'started':
      if (event.attempt > 1) break;
      state.queuedFires--;
      state.activeRuns++;
      state.executionCount++;
      break;
    case 'succeeded':
    case 'failed':
      state[event.type]++;
      state.activeRuns--;
      state.lastEnd = event;
      break;
    case 'cancelled':
      state.cancelled++;
      if (event.startedAt === null) {
        state.queuedFires--;
      } else {
        state.activeRuns--;
        state.lastEnd = event;
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
      state.armedAt = null;
      break;
    case 'trigger-failed':
      state.armedAt = null;
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

/** The fold without a change in place: a new state, for logs. */
export function reduce(state: JobState, event: JobEvent): JobState {
  const next = { ...state, skipped: state.skipped === null ? null : { ...state.skipped } };
  apply(next, event);
  return next;
}

/** Elapsed time at `now`, by the events' own times. */
export function elapsedAt(state: JobState, now: number): number {
  return state.elapsedMs + (state.since === null ? 0 : Math.max(0, now - state.since));
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
    nextRunTime: status === 'running' && state.gateOpen ? state.armedAt : null,
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

function lastRunOf(end: RunEnd): LastRun {
  const run = { scheduledAt: end.fire.scheduledAt, startedAt: end.startedAt ?? end.at, endedAt: end.at, outcome: end.type };
  return end.type === 'failed' ? { ...run, error: end.error } : run;
}

function stand(state: JobState, at: number): void {
  state.elapsedMs = elapsedAt(state, at);
  state.since = null;
  state.armedAt = null;
}
