import type { JobEvent, JobOptions, Trigger } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, oneTimeTrigger, Scheduler, timestampTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { Observable, of, Subject, throwError } from 'rxjs';
import { EventLog } from '../support/event-log.js';

const START = Date.UTC(2026, 5, 1, 12);

describe('a job that reschedules itself on its last occurrence', () => {
  let clock: VirtualClock;
  let scheduler: Scheduler;
  let log: EventLog;

  beforeEach(() => {
    clock = new VirtualClock(START);
    scheduler = new Scheduler({ clock, logger: false });
    log = new EventLog(scheduler);
  });

  const lasts: Readonly<Record<string, () => Trigger>> = {
    'a one-time': () => oneTimeTrigger(START + 1000),
    'the last timestamp': () => timestampTrigger([1000]),
    'the last fire before endTime': () => cronTrigger('* * * * * *', { endTime: START + 1500 }),
    'a wall interval that ends': () => intervalTrigger(1000, { startTime: START + 1000, endTime: START + 1500 }),
  };
  const options: Readonly<Record<string, JobOptions>> = { 'that stays': {}, 'that removes itself': { removeOnComplete: true } };

  for (const [name, trigger] of Object.entries(lasts)) {
    for (const [kind, given] of Object.entries(options)) {
      it(`continues with the new trigger: ${name}, in its run, of a job ${kind}`, async () => {
        const runs: number[] = [];
        scheduler.addJob(
          'poll',
          trigger(),
          () => {
            runs.push(clock.now() - START);
            if (runs.length < 4) scheduler.reschedule('poll', oneTimeTrigger(clock.now() + 1000 * runs.length));
          },
          given,
        );
        await clock.advanceBy(60_000);
        expect(runs).toEqual([1000, 2000, 4000, 7000]);
        expect(scheduler.getJobStatus('poll')?.status).toBe(given.removeOnComplete === true ? undefined : 'completed');
        expect(log.events.filter(({ type }) => type === 'completed')).toHaveSize(1);
      });

      for (const type of ['fired', 'started', 'succeeded', 'failed'] as const satisfies readonly JobEvent['type'][]) {
        it(`continues with the new trigger: ${name}, from a listener of '${type}', of a job ${kind}`, async () => {
          let done = false;
          scheduler.events$.subscribe((event) => {
            if (event.type !== type || done) return;
            done = true;
            expect(scheduler.reschedule('poll', oneTimeTrigger(clock.now() + 500))).toBeTrue();
          });
          const job = (): void => {
            if (type === 'failed') throw new Error('no');
          };
          scheduler.addJob('poll', trigger(), job, given);
          await clock.advanceBy(60_000);
          expect(log.events.filter((event) => event.type === 'started')).toHaveSize(2);
          expect(log.events.filter((event) => event.type === 'completed')).toHaveSize(1);
        });
      }
    }
  }

  it('continues if its trigger, an Observable, completes or errors at the same time', async () => {
    const ends: Readonly<Record<string, Observable<number>>> = {
      completes: of(1),
      errors: new Observable((subscriber) => {
        subscriber.next(1);
        subscriber.error(new Error('over'));
      }),
    };
    for (const [jobId, source] of Object.entries(ends)) {
      let runs = 0;
      scheduler.addJob(jobId, source, () => {
        if (runs++ === 0) scheduler.reschedule(jobId, intervalTrigger(1000));
      });
      await clock.advanceBy(2000);
      expect([scheduler.getJobStatus(jobId)?.status, runs])
        .withContext(jobId)
        .toEqual(['running', 3]);
    }
  });

  it('continues if a listener replaces its failed trigger', async () => {
    scheduler.events$.subscribe((event) => {
      if (event.type === 'trigger-failed') scheduler.reschedule('a', intervalTrigger(1000));
    });
    scheduler.addJob(
      'a',
      throwError(() => new Error('broken')),
      () => undefined,
    );
    await clock.advanceBy(2000);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'running', executionCount: 2 }));
  });
});

describe('a job that is rescheduled to a spaced trigger during its run', () => {
  for (const [from, first] of Object.entries({
    spaced: intervalTrigger(1000, { spaced: true }),
    fixed: intervalTrigger(1000),
    'one-time': oneTimeTrigger(START + 1000),
  })) {
    for (const overlap of ['skip', 'replace', 'queue'] as const) {
      it(`waits until the run has ended, and one period more: from ${from}, overlap '${overlap}'`, async () => {
        const clock = new VirtualClock(START);
        const scheduler = new Scheduler({ clock, logger: false });
        const log = new EventLog(scheduler);
        const run = new Subject<void>();
        scheduler.addJob('a', first, () => run, { overlap });
        await clock.advanceBy(1300);
        expect(scheduler.reschedule('a', intervalTrigger(2000, { spaced: true }))).toBeTrue();
        await clock.advanceBy(5000);
        expect(scheduler.getJobStatus('a')?.nextRunTime).toBeNull();
        run.complete();
        expect(scheduler.getJobStatus('a')?.nextRunTime).toBe(clock.now() + 2000);
        expect(log.text()).not.toMatch(/overlap|cancelled|fired#1/);
        await clock.advanceBy(2000);
        expect(log.text()).toContain('fired#1');
      });
    }
  }

  it('fires at once after the run if it is immediate, and keeps the remaining delay in a pause', async () => {
    const clock = new VirtualClock(START);
    const scheduler = new Scheduler({ clock, logger: false });
    const run = new Subject<void>();
    scheduler.addJob('a', intervalTrigger(1000, { spaced: true }), () => run);
    await clock.advanceBy(1000);
    scheduler.reschedule('a', intervalTrigger(2000, { spaced: true, immediate: true }));
    scheduler.pauseJob('a');
    await clock.advanceBy(10_000);
    scheduler.resumeJob('a');
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'running', nextRunTime: null }));
    run.complete();
    await clock.advanceBy(0);
    expect(scheduler.getJobStatus('a')?.fireCount).toBe(2);
  });
});
