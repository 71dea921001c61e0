import { cronTrigger, filterTrigger, intervalTrigger, Scheduler, unionTrigger } from 'extended-scheduler';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { EventLog } from '../support/event-log.js';
import { Machine } from '../support/machine.js';
import { ManualClock } from '../support/manual-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a clock that is set back', () => {
  let machine: Machine;
  let scheduler: Scheduler;
  const runs = (jobId: string): number => scheduler.getJobStatus(jobId)?.executionCount ?? NaN;
  const inMinutes = (jobId: string): number =>
    Math.round(((scheduler.getJobStatus(jobId)?.nextRunTime ?? NaN) - scheduler.clock.now()) / 6000) / 10;

  beforeEach(() => {
    machine = new Machine();
    machine.wallOffset = Date.UTC(2026, 0) - machine.steady.now();
    scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
  });

  it('does not stop any job, and does not turn elapsed time back', () => {
    for (const byMs of [1000, 2 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR]) {
      scheduler.addIntervalJob(String(byMs), 100, () => undefined);
      machine.steady.advance(1000);
      machine.wallOffset -= byMs;
      machine.steady.advance(1000);
      expect([runs(String(byMs)), scheduler.getJobStatus(String(byMs))?.elapsedTimeMs]).toEqual([20, 2000]);
      scheduler.removeJob(String(byMs));
    }
  });

  it('lets * jobs and wall intervals continue from the new time, also in filters and unions', () => {
    scheduler.addCronJob('cron', '* * * * *', () => undefined);
    scheduler.addIntervalJob('wall', MINUTE, () => undefined, { startTime: 0 });
    scheduler.addJob(
      'filtered',
      filterTrigger(cronTrigger('* * * * *'), () => true),
      () => undefined,
    );
    scheduler.addJob('united', unionTrigger(cronTrigger('* * * * *'), intervalTrigger(MINUTE, { startTime: 0 })), () => undefined);
    machine.steady.advance(90_000);
    const before = ['cron', 'wall', 'filtered', 'united'].map(runs);
    machine.wallOffset -= 2 * HOUR;
    machine.steady.advance(10 * MINUTE);
    expect(['cron', 'wall', 'filtered', 'united'].map((jobId, index) => runs(jobId) - (before[index] ?? 0))).toEqual([10, 10, 10, 10]);
  });

  it('does not repeat fixed times for up to 3 h, and restarts beyond', () => {
    scheduler.addCronJob('fixed', '0 0-23 * * *', () => undefined);
    machine.steady.advance(2 * HOUR + MINUTE);
    expect(runs('fixed')).toBe(2);
    machine.wallOffset -= 2 * HOUR;
    machine.steady.advance(2 * HOUR);
    expect(runs('fixed')).toBe(2);
    machine.steady.advance(HOUR);
    expect(runs('fixed')).toBe(3);
    machine.wallOffset -= 5 * HOUR;
    machine.steady.advance(HOUR);
    expect(runs('fixed')).toBe(4);
  });

  it('is seen by a job that was paused meanwhile', () => {
    scheduler.addCronJob('each', '* * * * *', () => undefined);
    scheduler.addCronJob('fixed', '0 0-23 * * *', () => undefined);
    machine.steady.advance(90_000);
    scheduler.pauseAll();
    machine.wallOffset -= 5 * HOUR;
    machine.steady.advance(MINUTE);
    scheduler.resumeAll();
    expect([inMinutes('each'), inMinutes('fixed')]).toEqual([0.5, 57.5]);
  });

  it('does not silence statuses$', () => {
    let pictures = 0;
    scheduler.statuses$.subscribe(() => pictures++);
    scheduler.addIntervalJob('a', 1000, () => undefined);
    machine.steady.advance(5000);
    machine.wallOffset -= HOUR;
    pictures = 0;
    machine.steady.advance(10_000);
    expect(pictures).toBeGreaterThan(8);
  });

  it('does not make a clock oversleep whose timers go by its instants', () => {
    const clock = new ManualClock(Date.UTC(2026, 0));
    const own = new Scheduler({ clock });
    own.addIntervalJob('a', 1000, () => undefined);
    clock.advance(5000);
    clock.block(-HOUR);
    own.getAllStatuses();
    clock.advance(MINUTE);
    expect(own.getJobStatus('a')?.executionCount).toBe(65);
  });
});

describe('a clock that is set forward, or a machine that slept', () => {
  it('is one late fire with all that was missed', () => {
    const machine = new Machine();
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    const log = new EventLog(scheduler);
    scheduler.addIntervalJob('a', MINUTE, () => undefined);
    machine.steady.advance(MINUTE);
    machine.wallOffset += 10 * MINUTE + 1000;
    machine.steady.advance(30_000);
    expect(log.text()).toContain('fired#1+9 ');
    machine.wallOffset += 10 * 365 * 24 * HOUR;
    machine.steady.advance(30_000);
    expect(log.text()).toContain('fired#2+1000 ');
  });
});

describe('faked timers without a faked Date', () => {
  it('run elapsed jobs of every period', () => {
    for (const period of [1, 2, 3, 100]) {
      jasmine.clock().install();
      const scheduler = new Scheduler({ logger: false });
      scheduler.addIntervalJob('a', period, () => undefined);
      jasmine.clock().tick(1000);
      const { fireCount = 0 } = scheduler.getJobStatus('a') ?? {};
      void scheduler.shutdown();
      jasmine.clock().uninstall();
      // the real Date moves a little meanwhile, which is taken for time that passed
      expect(fireCount)
        .withContext(String(period))
        .toBeGreaterThanOrEqual(Math.floor(450 / period));
    }
  });
});

describe('a clock that is set, and a machine that sleeps', () => {
  const DAY = 24 * HOUR;
  const YEAR = 365 * DAY;

  /** What each job fired in the five minutes after the change: at which minute of the wall clock it was due, and what it missed. */
  function after(change: (machine: Machine) => unknown): Record<string, string> {
    const machine = new Machine();
    const start = Date.UTC(2026, 0);
    machine.wallOffset = start - machine.steady.now();
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    scheduler.addIntervalJob('elapsed', MINUTE, () => undefined);
    scheduler.addIntervalJob('wall', MINUTE, () => undefined, { startTime: 0 });
    scheduler.addCronJob('star', '* * * * *', () => undefined);
    scheduler.addCronJob('fixed', '0 0-23 * * *', () => undefined);
    scheduler.addOneTimeJob('once', start + 30 * MINUTE, () => undefined);
    machine.steady.advance(90_000);
    const log = new EventLog(scheduler);
    change(machine);
    machine.steady.advance(5 * MINUTE);
    expect(machine.errors).toEqual([]);
    return Object.fromEntries(
      ['elapsed', 'wall', 'star', 'fixed', 'once'].map((jobId) => [
        jobId,
        log.events
          .flatMap((event) => (event.type === 'fired' && event.jobId === jobId ? [event.fire] : []))
          .map(
            ({ scheduledAt, missedCount }) =>
              `${String(Math.round(((scheduledAt - start) / MINUTE) * 100) / 100)}${missedCount > 0 ? `+${String(missedCount)}` : ''}`,
          )
          .join(' '),
      ]),
    );
  }

  const S = 1000;
  const expected: readonly (readonly [string, number, Partial<Record<string, string>>])[] = [
    ['1 s forward', S, { elapsed: '2 3 4 5 6', wall: '2 3 4 5 6', star: '2 3 4 5 6' }],
    ['1 s back', -S, { elapsed: '1.98 2.98 3.98 4.98 5.98', wall: '2 3 4 5 6', star: '2 3 4 5 6' }],
    ['2 min forward', 2 * MINUTE, { elapsed: '4+2 5 6 7 8', wall: '4+2 5 6 7 8', star: '4+2 5 6 7 8' }],
    ['2 min back', -2 * MINUTE, { elapsed: '0 1 2 3 4', wall: '0 1 2 3 4', star: '0 1 2 3 4' }],
    ['1 h forward', HOUR, { fixed: '60', once: '30', elapsed: '62+60 63 64 65 66', wall: '62+60 63 64 65 66', star: '62+60 63 64 65 66' }],
    ['1 h back', -HOUR, { elapsed: '-58 -57 -56 -55 -54', wall: '-58 -57 -56 -55 -54', star: '-58 -57 -56 -55 -54' }],
    [
      '4 h forward',
      4 * HOUR,
      { fixed: '240+3', once: '30', elapsed: '242+240 243 244 245 246', wall: '242+240 243 244 245 246', star: '242+240 243 244 245 246' },
    ],
    ['4 h back', -4 * HOUR, { elapsed: '-238 -237 -236 -235 -234', wall: '-238 -237 -236 -235 -234', star: '-238 -237 -236 -235 -234' }],
    [
      'a day forward',
      DAY,
      {
        fixed: '1440+23',
        once: '30',
        elapsed: '1442+1000 1443 1444 1445 1446',
        wall: '1442+1000 1443 1444 1445 1446',
        star: '1442+1000 1443 1444 1445 1446',
      },
    ],
    [
      'a day back',
      -DAY,
      { elapsed: '-1438 -1437 -1436 -1435 -1434', wall: '-1438 -1437 -1436 -1435 -1434', star: '-1438 -1437 -1436 -1435 -1434' },
    ],
    ['a sleep of 10 minutes', 10 * MINUTE, { elapsed: '12+10 13 14 15 16', wall: '12+10 13 14 15 16', star: '12+10 13 14 15 16' }],
    [
      'a sleep of 10 years',
      10 * YEAR,
      {
        fixed: '5256000+1000',
        once: '30',
        elapsed: '5256002+1000 5256003 5256004 5256005 5256006',
        wall: '5256002+1000 5256003 5256004 5256005 5256006',
        star: '5256002+1000 5256003 5256004 5256005 5256006',
      },
    ],
  ];
  for (const [name, byMs, log] of expected) {
    it(`emits what came due meanwhile: ${name}`, () => {
      // a sleeping machine looks like a clock set forward: nothing runs, then it is later
      expect(after((machine) => (machine.wallOffset += byMs))).toEqual({ fixed: '', once: '', ...log });
    });
  }
});
