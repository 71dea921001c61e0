import type { JobOptions, Trigger } from 'extended-scheduler';
import { cronTrigger, customTrigger, intervalTrigger, Scheduler, unionTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { EventLog } from '../support/event-log.js';
import { Machine } from '../support/machine.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 5, 1, 12);

/** What a job has fired for, in seconds after noon; `+` and the number of those that it missed. */
function firesOf(log: EventLog): string[] {
  return log.events.flatMap((event) => {
    if (event.type !== 'fired') return [];
    const { scheduledAt, missedCount } = event.fire;
    return [`${String((scheduledAt - NOON) / SECOND)}${missedCount > 0 ? `+${String(missedCount)}` : ''}`];
  });
}

describe('an occurrence that has fired', () => {
  const triggers: Readonly<Record<string, () => Trigger>> = {
    '0 * * * *': () => cronTrigger('0 * * * *'),
    '* * * * * *': () => cronTrigger('* * * * * *'),
    'a list': () => cronTrigger('0,30 0,10,20 * * * *'),
    '@hourly': () => cronTrigger('@hourly'),
    'a wall interval': () => intervalTrigger(MINUTE, { startTime: 0 }),
    'a custom timetable': () => customTrigger({ next: (after) => (Math.floor(after / MINUTE) + 1) * MINUTE }),
    'a union': () => unionTrigger(cronTrigger('*/5 * * * *'), intervalTrigger(MINUTE, { startTime: 0 })),
  };
  const seconds: readonly string[] = ['* * * * * *', 'a list'];
  for (const [name, trigger] of Object.entries(triggers)) {
    for (const byMs of [1, 2, 5, 50, 1500, 59_999]) {
      it(`does not fire again after a step back of ${String(byMs)} ms in its run: ${name}`, async () => {
        const clock = new VirtualClock(NOON - SECOND);
        const scheduler = new Scheduler({ clock, logger: false });
        const seen: number[] = [];
        scheduler.addJob('a', trigger(), ({ fire }) => {
          seen.push(fire.scheduledAt);
          if (fire.scheduledAt === NOON) clock.step(-byMs);
        });
        clock.advanceBySync(seconds.includes(name) ? 2 * MINUTE : 2 * HOUR);
        expect(seen.filter((at) => at === NOON)).toHaveSize(1);
        expect(new Set(seen).size).toBe(seen.length);
        await scheduler.shutdown();
      });
    }
  }

  it('does not come again when the job is rescheduled to the same trigger after a small step back', async () => {
    const clock = new VirtualClock(NOON - SECOND);
    const scheduler = new Scheduler({ clock, logger: false });
    const log = new EventLog(scheduler);
    let rescheduled = false;
    scheduler.addJob('a', cronTrigger('0 * * * *'), () => {
      clock.step(-5);
      if (!rescheduled) scheduler.reschedule('a', cronTrigger('0 * * * *'));
      rescheduled = true;
    });
    await clock.advanceBy(HOUR + MINUTE);
    expect(firesOf(log)).toEqual(['0', '3600']);
  });

  it('comes again after a step back of a minute or more, up to 3 h: repeating timetables continue from the new time', async () => {
    for (const byMs of [MINUTE, 2 * MINUTE]) {
      const clock = new VirtualClock(NOON - SECOND);
      const scheduler = new Scheduler({ clock, logger: false });
      const log = new EventLog(scheduler);
      scheduler.addCronJob('a', '* * * * *', () => undefined);
      await clock.advanceBy(SECOND);
      clock.step(-byMs);
      await clock.advanceBy(byMs);
      expect(firesOf(log).filter((at) => at === '0')).toHaveSize(2);
      await scheduler.shutdown();
    }
  });

  it('does not come again after many small steps, whatever their sum', async () => {
    const clock = new VirtualClock(NOON - SECOND);
    const scheduler = new Scheduler({ clock, logger: false });
    const log = new EventLog(scheduler);
    scheduler.addCronJob('a', '* * * * *', () => undefined);
    await clock.advanceBy(SECOND);
    for (let step = 0; step < 10; step++) {
      clock.step(-50 * SECOND);
      scheduler.getAllStatuses(); // a step is noticed at the next reading: without one, several are one
      await clock.advanceBy(SECOND);
    }
    await clock.advanceBy(11 * MINUTE);
    expect(firesOf(log)).toEqual(['0', '60', '120']);
  });

  it('is not followed by one that lay before the start of the job', async () => {
    const clock = new VirtualClock(NOON + 1);
    const scheduler = new Scheduler({ clock, logger: false });
    const log = new EventLog(scheduler);
    scheduler.addCronJob('a', '* * * * *', () => undefined);
    scheduler.addIntervalJob('b', MINUTE, () => undefined, { startTime: 0 });
    clock.step(-5);
    scheduler.pauseAll();
    scheduler.resumeAll();
    await clock.advanceBy(MINUTE + SECOND);
    expect(firesOf(log)).toEqual(['60', '60']);
  });
});

describe('a fixed wall clock while timers run', () => {
  it('fires what is due at its reading once, and nothing later', () => {
    const machine = new Machine();
    machine.wallOffset = NOON - machine.steady.now();
    machine.now = () => NOON;
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    const log = new EventLog(scheduler);
    scheduler.addCronJob('cron', '* * * * *', () => undefined);
    scheduler.addIntervalJob('wall', MINUTE, () => undefined, { startTime: NOON });
    scheduler.addOneTimeJob('later', NOON + 1, () => undefined);
    scheduler.addIntervalJob('elapsed', 100, () => undefined);
    machine.steady.advance(10 * MINUTE);
    expect(log.events.flatMap((event) => (event.type === 'fired' && event.jobId !== 'elapsed' ? [event.jobId] : []))).toEqual(['wall']);
    expect(scheduler.getJobStatus('elapsed')?.fireCount).toBe(6000);
    expect([scheduler.getJobStatus('cron')?.fireCount, scheduler.getJobStatus('later')?.fireCount]).toEqual([0, 0]);
  });
});

describe('what was due before the clock was set back', () => {
  const late: Readonly<Record<string, JobOptions>> = { once: {}, skip: { misfire: 'skip' }, all: { misfire: 'all', overlap: 'queue' } };

  for (const byMs of [5, 2 * MINUTE, 5 * HOUR]) {
    it(`fires when the job is resumed, or when it comes again: ${String(byMs)} ms back`, async () => {
      const clock = new VirtualClock(NOON);
      const scheduler = new Scheduler({ clock, logger: false });
      const log = new EventLog(scheduler);
      scheduler.addCronJob('a', '* * * * *', () => undefined, { whilePaused: 'catch-up', misfire: 'all', overlap: 'queue' });
      scheduler.pauseJob('a');
      await clock.advanceBy(10.5 * MINUTE);
      clock.step(-byMs);
      scheduler.resumeJob('a');
      await clock.advanceBy(byMs + MINUTE);
      const minutes = firesOf(log).map((at) => Number(at) / 60);
      for (let minute = 1; minute <= 10; minute++)
        expect(minutes.filter((one) => one === minute))
          .withContext(String(minute))
          .toHaveSize(1);
    });
  }

  for (const [misfire, options] of Object.entries(late)) {
    it(`is reported after a blocked loop as well, with misfire '${misfire}'`, async () => {
      for (const byMs of [5, 90 * SECOND]) {
        const clock = new VirtualClock(NOON);
        const scheduler = new Scheduler({ clock, logger: false });
        const log = new EventLog(scheduler);
        scheduler.addCronJob('a', '* * * * *', () => undefined, options);
        clock.block(10.5 * MINUTE);
        clock.step(-byMs);
        await clock.advanceBy(byMs + SECOND);
        const reported = log.events.reduce((sum, event) => sum + (event.type === 'fired' ? 1 + event.fire.missedCount : 0), 0);
        expect(reported).withContext(String(byMs)).toBe(10);
        await scheduler.shutdown();
      }
    });
  }

  it('and is being replayed waits for its instant to come again: nothing fires before it', async () => {
    const clock = new VirtualClock(NOON);
    const scheduler = new Scheduler({ clock, logger: false });
    const early: number[] = [];
    const seen: number[] = [];
    scheduler.addCronJob(
      'a',
      '* * * * *',
      ({ fire }) => {
        if (fire.scheduledAt > clock.now()) early.push(fire.scheduledAt);
        seen.push((fire.scheduledAt - NOON) / MINUTE);
        if (seen.length === 3) clock.step(-6 * MINUTE);
      },
      { misfire: 'all', overlap: 'queue' },
    );
    await clock.sleepFor(10.5 * MINUTE);
    expect(seen).toEqual([1, 2, 3, 4]);
    await clock.advanceBy(6 * MINUTE);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(early).toEqual([]);
  });

  it('and is being replayed fires a moment later after a small step', async () => {
    const clock = new VirtualClock(NOON);
    const scheduler = new Scheduler({ clock, logger: false });
    const seen: string[] = [];
    scheduler.addCronJob(
      'a',
      '* * * * *',
      ({ fire }) => {
        seen.push(`${String((fire.scheduledAt - NOON) / MINUTE)}@${String((clock.now() - NOON) / MINUTE)}`);
        if (seen.length === 2) clock.step(-5);
      },
      { misfire: 'all', overlap: 'queue' },
    );
    await clock.sleepFor(3 * MINUTE);
    expect(seen).toHaveSize(2);
    await clock.advanceBy(5);
    expect(seen).toEqual(['1@3', '2@3', '3@3']);
    await clock.advanceBy(MINUTE);
    expect(seen.at(-1)).toBe('4@4');
  });
});
