import type { JobEvent } from 'extended-scheduler';
import { intervalTrigger } from 'extended-scheduler';
import { BehaviorSubject, tap } from 'rxjs';
import type { Harness } from '../support/scheduler-harness.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

/** Everything that can be called, by name. */
const calls: Readonly<Record<string, (all: Harness) => unknown>> = {
  add: ({ scheduler }) => scheduler.addIntervalJob('other', 1000, () => undefined),
  pause: ({ scheduler }) => scheduler.pauseJob('a'),
  resume: ({ scheduler }) => [scheduler.pauseJob('a'), scheduler.resumeJob('a')],
  remove: ({ scheduler }) => scheduler.removeJob('a'),
  shutdown: ({ scheduler }) => scheduler.shutdown(),
  runNow: ({ scheduler }) => scheduler.runNow('a'),
  reschedule: ({ scheduler }) => scheduler.reschedule('a', intervalTrigger(7)),
  drain: ({ scheduler }) => scheduler.removeJob('a', { drain: true }),
  replace: ({ scheduler }) => [scheduler.removeJob('a'), scheduler.addIntervalJob('a', 1000, () => undefined)],
};

/** Where it can be called from. */
const places: readonly string[] = [
  'job',
  'added',
  'armed',
  'fired',
  'started',
  'succeeded',
  'paused',
  'resumed',
  'removed',
  'status',
  'gate',
];

function isBalanced({ log }: Harness): boolean {
  const perFire = new Map<unknown, JobEvent[]>();
  for (const event of log.events) if ('fire' in event) perFire.set(event.fire, [...(perFire.get(event.fire) ?? []), event]);
  const ends = new Set(['succeeded', 'failed', 'cancelled', 'skipped']);
  return [...perFire.values()].every((events) => events[0]?.type === 'fired' && events.filter((event) => ends.has(event.type)).length <= 1);
}

describe('re-entrance', () => {
  for (const [name, call] of Object.entries(calls)) {
    for (const place of places) {
      it(`${name} from ${place === 'job' ? 'inside the job' : `a ${place} listener`} is allowed, takes effect in order, and keeps the accounting`, () => {
        const all = harness();
        const { scheduler, clock, log, lines } = all;
        let calledOnce = false;
        const once = (): void => {
          if (calledOnce) return;
          calledOnce = true;
          call(all);
        };
        scheduler.events$.subscribe((event) => {
          if (event.jobId === 'a' && event.type === place) once();
        });
        if (place === 'status') scheduler.status$('a').subscribe((status) => (status?.executionCount === 1 ? once() : undefined));
        const gate = new BehaviorSubject(true);
        const when = gate.pipe(
          tap(() => {
            if (place === 'gate' && scheduler.getJobStatus('a')?.executionCount === 2) once();
          }),
        );
        scheduler.addIntervalJob(
          'a',
          10,
          () => {
            if (place === 'job') once();
          },
          { when },
        );
        clock.advanceBySync(25);
        gate.next(false);
        gate.next(true);
        scheduler.pauseJob('a');
        clock.advanceBySync(5);
        scheduler.resumeJob('a');
        clock.advanceBySync(25);
        scheduler.removeJob('a');
        expect(calledOnce).toBeTrue();
        expect(isBalanced(all)).withContext(log.text()).toBeTrue();
        expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
        const status = scheduler.getJobStatus('a');
        if (status !== null)
          expect(status.fireCount).toBe(
            status.outcomes.succeeded + status.outcomes.cancelled + status.outcomes.skipped + status.activeRuns + status.queuedFires,
          );
        for (const jobId of scheduler.listJobs()) scheduler.removeJob(jobId);
        expect(clock.pending.length).toBe(0);
      });
    }
  }

  it('runs jobs that are due at the same instant in the order of adding', () => {
    const { scheduler, clock } = harness();
    const order: string[] = [];
    for (const jobId of ['c', 'a', 'b']) scheduler.addOneTimeJob(jobId, NEW_YEAR + 10, () => order.push(jobId));
    clock.advanceBySync(10);
    expect(order).toEqual(['c', 'a', 'b']);
  });

  it('lets one job remove another that is due at the same instant', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('first', 10, () => scheduler.removeJob('second'), { maxRuns: 1 });
    scheduler.addIntervalJob('second', 10, () => undefined);
    clock.advanceBySync(100);
    expect(log.text('second')).toBe('added armed@10 removed');
  });

  it('lets a job clean up completed jobs, as the manual does', () => {
    const { scheduler, clock } = harness();
    scheduler.addOneTimeJob('done', NEW_YEAR + 5, () => undefined);
    scheduler.addIntervalJob('going', 7000, () => undefined);
    scheduler.addIntervalJob('cleanup', { hours: 1 }, () => {
      for (const jobId of scheduler.listJobs()) if (scheduler.getJobStatus(jobId)?.status === 'completed') scheduler.removeJob(jobId);
    });
    clock.advanceBySync(3_600_000);
    expect(scheduler.listJobs()).toEqual(['going', 'cleanup']);
  });
});
