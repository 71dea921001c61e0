import type { JobEvent } from 'extended-scheduler';
import { elapsedAt, LedgerState, reduce, statusOf } from '../../src/jobs/ledger-state.js';
import { harness } from '../support/scheduler-harness.js';

function balance(state: LedgerState): number {
  const skipped = Object.values(state.skipped ?? {}).reduce((sum, count) => sum + count, 0);
  return state.fireCount - (state.succeeded + state.failed + state.cancelled + skipped + state.activeRuns + state.queuedFires);
}

describe('the fold of events', () => {
  it('is the status, for every job of a mixed day, and balances after every event', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addIntervalJob('fine', 700, () => 1, { maxRuns: 30 });
    scheduler.addIntervalJob('slow', 500, () => new Promise<void>((resolve) => clock.setTimer(clock.now() + 1200, resolve)));
    scheduler.addIntervalJob('failing', 300, () => Promise.reject(new Error('no')), { overlap: 'latest' });
    scheduler.addTimestampJob('queued', [0, 1, 2, 3000], () => new Promise<void>((resolve) => clock.setTimer(clock.now() + 400, resolve)));
    scheduler.addCronJob('cron', '*/2 * * * * *', () => 1, { overlap: 'replace' });
    await clock.advanceBy(4000);
    for (const jobId of scheduler.listJobs()) scheduler.pauseJob(jobId);
    await clock.advanceBy(2500);
    for (const jobId of scheduler.listJobs()) scheduler.resumeJob(jobId);
    await clock.advanceBy(3000);
    const states = new Map<string, LedgerState>();
    for (const event of log.events) {
      const state = reduce(states.get(event.jobId) ?? new LedgerState(event.jobId), event);
      expect(balance(state)).withContext(`${event.jobId} ${event.type}`).toBe(0);
      states.set(event.jobId, state);
    }
    for (const [jobId, state] of states) {
      const status = scheduler.getJobStatus(jobId);
      expect(statusOf(state, elapsedAt(state, clock.now()), status?.remainingMs ?? null)).toEqual(status as never);
    }
    expect(states.size).toBe(5);
  });

  it('does not change its argument in reduce', () => {
    const state = Object.freeze(new LedgerState('a'));
    const added: JobEvent = { type: 'added', jobId: 'a', at: 5, triggerType: 'cron' };
    expect(reduce(state, added).triggerType).toBe('cron');
    expect(state.triggerType).toBe('observable');
  });
});
