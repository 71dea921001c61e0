import type { JobEvent, Misfire } from 'extended-scheduler';
import { customTrigger, intervalTrigger, oneTimeTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { Observable } from 'rxjs';
import { EventLog } from '../support/event-log.js';

// One spec a defect that a review found in the time core and the jobs on it.
describe('defects of time', () => {
  let clock: VirtualClock;
  let scheduler: Scheduler;

  beforeEach(() => {
    clock = new VirtualClock(0);
    scheduler = new Scheduler({ clock, logger: false });
  });

  for (const misfire of ['once', 'all'] as const satisfies readonly Misfire[]) {
    it(`a timetable that throws while late ones are gathered fires the pending occurrence, then fails ('${misfire}')`, async () => {
      for (const answers of [1, 2]) {
        const log = new EventLog(scheduler);
        let asked = 0;
        const next = (): number => {
          if (asked++ >= answers) throw new Error('broken');
          return asked * 1000;
        };
        const trigger = customTrigger({ axis: 'elapsed', next });
        scheduler.addJob(`a${String(answers)}`, trigger, () => undefined, { misfire, overlap: 'queue' });
        await clock.sleepFor(5000);
        await clock.advanceBy(10_000);
        expect(log.text(`a${String(answers)}`)).toMatch(/^added armed@\d+ fired#0 trigger-failed started#0 succeeded#0 completed$/);
      }
    });
  }

  it('a trigger whose teardown removes its job is not rescheduled', () => {
    const events: string[] = [];
    scheduler.events$.subscribe((event: JobEvent) => events.push(event.type));
    const removing = new Observable(() => () => {
      scheduler.removeJob('a');
    });
    scheduler.addJob('a', removing, () => undefined);
    expect(scheduler.reschedule('a', intervalTrigger(1000))).toBeFalse();
    expect(events).toEqual(['added', 'removed']);
    const replacing = new Observable(() => () => {
      scheduler.removeJob('b');
      scheduler.addJob('b', intervalTrigger(1000), () => undefined);
    });
    scheduler.addJob('b', replacing, () => undefined);
    const seen: unknown[] = [];
    scheduler.status$('b').subscribe((status) => seen.push(status?.triggerType));
    scheduler.reschedule('b', oneTimeTrigger(99_999));
    expect(seen.at(-1)).toBe('interval');
    expect(scheduler.getJobStatus('b')?.status).toBe('running');
  });

  for (const listens of [false, true]) {
    it(`a function that continues after its run has ended makes others late, and their events say so (${listens ? 'with' : 'without'} a listener)`, async () => {
      if (listens) scheduler.events$.subscribe(() => undefined);
      const seen: number[] = [];
      scheduler.addJob('a', intervalTrigger(1000), () => {
        scheduler.removeJob('a');
        clock.block(5000);
      });
      scheduler.addJob('late', intervalTrigger(1000), ({ fire }) => seen.push(fire.firedAt, clock.now()), { maxRuns: 1 });
      scheduler.addOneTimeJob('dropped', 1000, () => seen.push(NaN), { misfire: 'skip' });
      await clock.advanceBy(1000);
      expect(seen).toEqual([6000, 6000]);
      expect(scheduler.getJobStatus('dropped')?.outcomes.misfire).toBe(1);
    });
  }

  it('a run starts at the time of its event: after the slow teardown of the one that it replaces', async () => {
    const started: number[] = [];
    scheduler.events$.subscribe((event) => event.type === 'started' && started.push(event.at));
    const slowTeardown = new Observable(() => () => {
      clock.block(300);
    });
    scheduler.addJob('a', intervalTrigger(1000), () => slowTeardown, { overlap: 'replace' });
    await clock.advanceBy(2000);
    expect(started).toEqual([1000, 2300]);
  });

  it('a run starts at the time of its event: after a slow listener that asks for another', async () => {
    let asked = false;
    const started: number[] = [];
    scheduler.events$.subscribe((event) => {
      if (event.type === 'started') started.push(event.at);
      if (event.type !== 'fired' || asked) return;
      asked = true;
      clock.block(500);
      scheduler.runNow('a');
    });
    scheduler.addJob('a', intervalTrigger(1000), () => undefined, { overlap: 'queue' });
    await clock.advanceBy(1000);
    expect(started).toEqual([1500, 1500]);
  });

  it('slack alone makes no fire late that misfire skip would drop', async () => {
    const slack = new Scheduler({ clock, logger: false, slackMs: 5000 });
    slack.addIntervalJob('a', 6001, () => undefined, { misfire: 'skip' });
    await clock.advanceBy(120_000);
    expect(slack.getJobStatus('a')?.outcomes).toEqual(jasmine.objectContaining({ succeeded: 19, misfire: 0 }));
  });
});
