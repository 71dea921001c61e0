import type { JobEvent, JobStatus } from 'extended-scheduler';
import { intervalTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { NEVER, Subject } from 'rxjs';
import { elapsedAt, LedgerState, reduce, statusOf } from '../../src/jobs/ledger-state.js';
import { EventLog } from '../support/event-log.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

/** The status that the log of a job comes to. */
function folded(events: readonly JobEvent[], now: number): JobStatus {
  const state = events.reduce(reduce, new LedgerState(events[0]?.jobId ?? ''));
  return statusOf(state, elapsedAt(state, now), null);
}

describe('a job that drains', () => {
  it('emits draining, and its status is the fold of its events like any other', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const log = new EventLog(scheduler);
    const shown: (JobStatus | null)[] = [];
    scheduler.status$('a').subscribe((status) => shown.push(status));
    let picture: JobStatus | undefined;
    scheduler.statuses$.subscribe((statuses) => (picture = statuses.a));
    const run = new Subject<void>();
    scheduler.addIntervalJob('a', 1000, () => run);
    await clock.advanceBy(1500);
    scheduler.removeJob('a', { drain: true });
    expect(scheduler.removeJob('a', { drain: true })).toBeTrue();
    await clock.advanceBy(5000);
    const status = scheduler.getJobStatus('a');
    expect(status).toEqual(jasmine.objectContaining({ status: 'running', nextRunTime: null, elapsedTimeMs: 1500, activeRuns: 1 }));
    expect(status).toEqual(folded(log.events, clock.now()));
    expect(shown.at(-1)).toEqual(status);
    expect(picture).toEqual(status ?? undefined);
    run.complete();
    expect(log.text()).toBe('added armed@1000 fired#0 armed@2000 started#0 draining succeeded#0 removed');
  });

  it('that has no active run is removed at once, without that event', () => {
    const { scheduler, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.removeJob('a', { drain: true });
    expect(log.text()).toBe('added armed@1000 removed');
  });

  it('may be removed by a listener of that event', () => {
    const { scheduler, clock, log } = harness();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'draining') scheduler.removeJob('a');
    });
    scheduler.addIntervalJob('a', 10, () => NEVER, { overlap: 'queue' });
    clock.advanceBySync(20);
    scheduler.removeJob('a', { drain: true });
    expect(log.text()).toMatch(/draining cancelled#0 cancelled#1 removed$/);
    expect(scheduler.listJobs()).toEqual([]);
  });
});

describe('maxRuns', () => {
  for (const overlap of ['replace', 'latest', 'queue', 'skip', 'allow'] as const) {
    it(`counts runs, not superseded fires: a pause in a fire, then runNow, under '${overlap}'`, () => {
      const { scheduler, clock } = harness();
      scheduler.events$.subscribe((event) => {
        if (event.type === 'fired' && event.fire.index === 0) scheduler.pauseJob('a');
      });
      scheduler.addIntervalJob('a', 100, () => undefined, { overlap, maxRuns: 2 });
      clock.advanceBySync(100);
      scheduler.runNow('a');
      scheduler.resumeJob('a');
      clock.advanceBySync(1000);
      expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'completed', executionCount: 2 }));
    });
  }
});

describe('missedCount', () => {
  it("stops at 1,000, whatever the policy: misfire 'all' and 'skip', dropped in a pause, of every kind of timetable", async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const missed: Record<string, number> = {};
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired') missed[event.jobId] ??= event.fire.missedCount;
    });
    const wall = (): ReturnType<typeof intervalTrigger> => intervalTrigger(1000, { startTime: NEW_YEAR + 1000 });
    for (const misfire of ['once', 'skip', 'all'] as const) {
      scheduler.addJob(`late ${misfire}`, intervalTrigger(1000), () => undefined, { misfire, overlap: 'queue' });
      scheduler.addJob(`paused ${misfire}`, wall(), () => undefined, { misfire, overlap: 'queue' });
      scheduler.addCronJob(`cron ${misfire}`, '* * * * * *', () => undefined, { misfire, overlap: 'queue' });
      scheduler.pauseJob(`paused ${misfire}`);
      scheduler.pauseJob(`cron ${misfire}`);
    }
    await clock.sleepFor(5_000_000);
    scheduler.resumeAll();
    expect(missed).toEqual(Object.fromEntries(Object.keys(missed).map((jobId) => [jobId, 1000])));
    expect(Object.keys(missed)).toHaveSize(9);
  });

  it("is exact below the limit: misfire 'skip' of 1,001 is one skipped fire with 999, of 1,002 one with 1,000", async () => {
    for (const [due, others] of [
      [1001, 999],
      [1002, 1000],
    ] as const) {
      const clock = new VirtualClock(NEW_YEAR);
      const scheduler = new Scheduler({ clock, logger: false });
      const log = new EventLog(scheduler);
      scheduler.addIntervalJob('a', 1000, () => undefined, { misfire: 'skip' });
      await clock.sleepFor(due * 1000);
      expect(log.text()).toContain(`fired#0+${String(others)} skipped#0(misfire) fired#1 `);
    }
  });
});

describe('the options of a job', () => {
  it('are copied: later changes by the caller have no effect, even at a reschedule', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: unknown[] = [];
    const args: [string] = ['first'];
    const retry = { count: 1, delayMs: 10 };
    const timeout = { seconds: 5 };
    const options = { args, retry, timeout, maxRuns: 3 };
    scheduler.addJob('a', intervalTrigger(100), (word: string) => seen.push(word), options);
    args[0] = 'second';
    options.maxRuns = 1;
    retry.count = NaN;
    timeout.seconds = NaN;
    clock.advanceBySync(100);
    expect(scheduler.reschedule('a', intervalTrigger(100))).toBeTrue();
    clock.advanceBySync(1000);
    expect(seen).toEqual(['first', 'first', 'first']);
  });

  it('of a trigger and of the defaults are copies as well', () => {
    const triggerOptions = { maxRuns: 2, misfire: 'once' as const };
    const trigger = intervalTrigger(100, triggerOptions);
    const retry = { count: 1, delayMs: 10 };
    const { scheduler, clock } = harness({ logger: false, defaults: { retry } });
    triggerOptions.maxRuns = 9;
    retry.count = NaN;
    let attempts = 0;
    scheduler.addJob('a', trigger, () => {
      attempts++;
      throw new Error('no');
    });
    clock.advanceBySync(1000);
    expect([scheduler.getJobStatus('a')?.executionCount, attempts]).toEqual([2, 4]);
  });
});
