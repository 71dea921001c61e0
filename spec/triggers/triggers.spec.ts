import type { Fire, Trigger } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  InvalidCronError,
  InvalidOptionError,
  InvalidTimezoneError,
  InvalidTriggerError,
  nextFireTimes,
  oneTimeTrigger,
  timestampTrigger,
  unionTrigger,
} from 'extended-scheduler';
import { map } from 'rxjs';
import { planOf } from '../../src/triggers/trigger.js';
import { ManualClock } from '../support/manual-clock.js';

/** Subscribes a trigger and writes down when each fire came, after the subscription. */
function record(trigger: Trigger, clock: ManualClock): string[] {
  const log: string[] = [];
  const start = clock.now();
  trigger.subscribe({
    next: (fire) =>
      log.push(`${String(fire.index)}@${String(clock.now() - start)}${fire.missedCount > 0 ? `+${String(fire.missedCount)}` : ''}`),
    error: (error: unknown) => log.push(String(error)),
    complete: () => log.push('|'),
  });
  return log;
}

describe('a trigger', () => {
  const clock = new ManualClock(1_700_000_000_000);

  it('is cold: every subscription starts at its own moment', () => {
    const trigger = intervalTrigger(100, { clock });
    const first = record(trigger, clock);
    clock.advance(50);
    const second = record(trigger, clock);
    clock.advance(160);
    expect([first, second]).toEqual([['0@100', '1@200'], ['0@100']]);
  });

  it('stops its timer when it is unsubscribed, and sets none before it is subscribed', () => {
    const own = new ManualClock();
    const trigger = intervalTrigger(100, { clock: own });
    expect(own.pending).toBe(0);
    const subscription = trigger.subscribe();
    expect(own.pending).toBe(1);
    subscription.unsubscribe();
    expect(own.pending).toBe(0);
  });

  it('completes after maxRuns fires', () => {
    const log = record(intervalTrigger(10, { clock, maxRuns: 2 }), clock);
    clock.advance(100);
    expect(log).toEqual(['0@10', '1@20', '|']);
  });

  it('sets the next timer before a subscriber is called', () => {
    const own = new ManualClock();
    const pending: number[] = [];
    intervalTrigger(10, { clock: own }).subscribe(() => pending.push(own.pending));
    own.advance(10);
    own.advance(10);
    // the host timer is set when the queue has done its work; the fire knows what comes next all the same
    expect(pending.length).toBe(2);
  });

  it('is a plain Observable after pipe', () => {
    const piped = intervalTrigger(10).pipe(map((fire) => fire.index));
    expect(() => nextFireTimes(piped as never)).toThrowError(InvalidTriggerError);
  });

  it('carries its type and timetable', () => {
    const types = [
      timestampTrigger([1]),
      intervalTrigger(1),
      oneTimeTrigger(1),
      cronTrigger('* * * * *'),
      customTrigger({ next: () => null }),
    ];
    expect(types.map(({ type, timetable }) => `${type} ${timetable.axis}`)).toEqual([
      'timestamp elapsed',
      'interval elapsed',
      'one-time wall',
      'cron wall',
      'custom wall',
    ]);
  });
});

describe('timestampTrigger', () => {
  it('fires at its moments, in order, the first at once, with the position as index', () => {
    const clock = new ManualClock(5000);
    const log = record(timestampTrigger([2000, 0, 500, 1000, 500], { clock }), clock);
    clock.advance(3000);
    expect(log).toEqual(['0@0', '1@500', '2@1000', '3@2000', '|']);
  });

  it('completes at once when the list is empty', () => {
    expect(record(timestampTrigger([]), new ManualClock())).toEqual(['|']);
  });

  it('replays each moment that was missed, at most 100', () => {
    const clock = new ManualClock();
    const log = record(
      timestampTrigger(
        Array.from({ length: 300 }, (_, index) => index),
        { clock },
      ),
      clock,
    );
    clock.sleep(199);
    expect(log.slice(0, 2)).toEqual(['100@199+100', '101@199']);
    expect(log.length).toBe(100);
  });

  it('rejects anything but a list of ms from 0', () => {
    const holed = [0, 5];
    Reflect.deleteProperty(holed, 0);
    for (const wrong of [[-1], [NaN], [Infinity], ['5'], holed, 5, null])
      expect(() => timestampTrigger(wrong as never)).toThrowError(InvalidTriggerError);
    expect(() => timestampTrigger([0, -5])).toThrowError('timestampTrigger(timestamps[1]): expected a finite number of ms from 0, got -5');
  });
});

describe('intervalTrigger', () => {
  it('fires one period apart, first after one period or at once', () => {
    const clock = new ManualClock();
    const late = record(intervalTrigger({ seconds: 2 }, { clock }), clock);
    const soon = record(intervalTrigger({ seconds: 2 }, { clock, immediate: true }), clock);
    clock.advance(4000);
    expect([late, soon]).toEqual([
      ['0@2000', '1@4000'],
      ['0@0', '1@2000', '2@4000'],
    ]);
  });

  it('does not drift when the work takes time: 20 ms with 6 ms of work', () => {
    const clock = new ManualClock();
    const at: number[] = [];
    intervalTrigger(20, { clock }).subscribe((fire) => {
      at.push(fire.scheduledAt);
      clock.block(6);
    });
    for (let turn = 0; turn < 200; turn++) clock.advance(10);
    expect(at.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, k) => (k + 1) * 20));
  });

  it('folds what a blocked event loop missed into one fire', () => {
    const clock = new ManualClock();
    const log = record(intervalTrigger(10, { clock }), clock);
    clock.advance(10);
    clock.sleep(35);
    clock.advance(5);
    expect(log).toEqual(['0@10', '1@45+2', '2@50']);
  });

  it('is on the grid of startTime, does not catch up on a past start, and ends with endTime', () => {
    const clock = new ManualClock(10_050);
    const grid = record(intervalTrigger(100, { clock, startTime: 9000, endTime: 10_300 }), clock);
    const future = record(intervalTrigger(100, { clock, startTime: new Date(10_120) }), clock);
    clock.advance(300);
    expect(grid).toEqual(['0@50', '1@150', '2@250', '|']);
    expect(future).toEqual(['0@70', '1@170', '2@270']);
  });

  it('still fires what was due by endTime, however late', () => {
    const clock = new ManualClock();
    const log = record(intervalTrigger(100, { clock, endTime: 200 }), clock);
    clock.sleep(5000);
    expect(log).toEqual(['0@5000+1', '|']);
  });

  it('keeps to fractions of a ms without losing one', () => {
    const clock = new ManualClock();
    const log = record(intervalTrigger(1000 / 60, { clock, maxRuns: 60 }), clock);
    for (let ms = 0; ms < 1001; ms++) clock.advance(1);
    expect(log.length).toBe(61);
    expect(log.some((line) => line.includes('+'))).toBeFalse();
  });

  it('refuses a period that is none, and suggests seconds', () => {
    for (const wrong of [0, -1, NaN, Infinity, 0.5, '5', null, {}, { seconds: 0 }]) {
      expect(() => intervalTrigger(wrong as never))
        .withContext(JSON.stringify(wrong))
        .toThrowError(InvalidTriggerError, /^intervalTrigger\(every\): expected a finite duration of at least 1 ms/);
    }
    expect(() => intervalTrigger(0.5)).toThrowError(/did you mean \{ seconds: 0\.5 \}/);
    expect(() => intervalTrigger(5, { startTime: new Date(NaN) })).toThrowError(InvalidOptionError, /options\.startTime.*an invalid Date/);
    expect(() => intervalTrigger(5, { startTime: 5, endTime: 4 })).toThrowError(InvalidOptionError, /not before startTime/);
    for (const maxRuns of [0, -1, 1.5, NaN])
      expect(() => intervalTrigger(5, { maxRuns })).toThrowError(InvalidOptionError, /maxRuns.*a whole number from 1/);
    expect(() => intervalTrigger(5, { misfire: 'never' as never })).toThrowError(InvalidOptionError, /'once' or 'skip' or 'all'/);
  });
});

describe('oneTimeTrigger', () => {
  it('fires once at its instant and completes; one that has passed fires at once', () => {
    const clock = new ManualClock(1000);
    const future = record(oneTimeTrigger(new Date(1500), { clock }), clock);
    const past = record(oneTimeTrigger(10, { clock }), clock);
    clock.advance(1000);
    expect([future, past]).toEqual([
      ['0@500', '|'],
      ['0@0', '|'],
    ]);
  });

  it('rejects a value that is not an instant', () => {
    for (const wrong of [new Date(NaN), NaN, '2026-01-01', null])
      expect(() => oneTimeTrigger(wrong as never)).toThrowError(InvalidTriggerError);
  });
});

describe('cronTrigger', () => {
  it('fires when the local time of its zone matches', () => {
    const times = nextFireTimes(cronTrigger('0 9 * * MON-FRI', { timezone: 'America/New_York' }), {
      from: new Date('2026-11-20T12:00:00Z'),
      count: 2,
    });
    expect(times.map((time) => new Date(time).toISOString())).toEqual(['2026-11-20T14:00:00.000Z', '2026-11-23T14:00:00.000Z']);
  });

  it('is in UTC by default', () => {
    expect(nextFireTimes(cronTrigger('0 9 * * *'), { from: 0, count: 1 })).toEqual([9 * 3_600_000]);
  });

  it('takes startTime and endTime in, and maxRuns', () => {
    const hour = 3_600_000;
    const cron = cronTrigger('@hourly', { startTime: 5 * hour, endTime: 8 * hour });
    expect(nextFireTimes(cron, { from: 0 })).toEqual([5 * hour, 6 * hour, 7 * hour, 8 * hour]);
    expect(nextFireTimes(cronTrigger('@hourly', { maxRuns: 2 }), { from: 0 })).toEqual([hour, 2 * hour]);
  });

  it('refuses a wrong expression, zone or rule', () => {
    expect(() => cronTrigger('61 * * * *')).toThrowError(InvalidCronError, /minute "61".*0-59/);
    expect(() => cronTrigger('* * * * *', { timezone: 'Mars/Olympus' })).toThrowError(InvalidTimezoneError);
    expect(() => cronTrigger('* * * * *', { dst: { gap: 'both' as never } })).toThrowError(InvalidOptionError, /dst\.gap/);
  });
});

describe('customTrigger', () => {
  /** The manual's RandomIntervalTrigger: the next time is drawn once, and kept until it has passed. */
  function randomInterval(min: number, max: number, random: () => number): Trigger {
    return customTrigger(() => ({ next: (after) => after + min + random() * (max - min) }));
  }

  it('runs the random interval of the manual, alone', () => {
    const clock = new ManualClock();
    const draws = [0, 0.5, 1, 0.25];
    const trigger = customTrigger(() => ({ next: (after) => after + 100 + (draws.shift() ?? 0) * 100 }), { clock, maxRuns: 4 });
    draws.unshift(0.1); // customTrigger itself draws nothing: the first draw is the subscription's
    const log = record(trigger, clock);
    clock.advance(1000);
    expect(log).toEqual(['0@110', '1@210', '2@360', '3@560', '|']);
  });

  it('runs it in a union: a draw is not drawn again because the other fires', () => {
    let draws = 0;
    const random = randomInterval(1000, 1000, () => ++draws);
    const union = unionTrigger(random, intervalTrigger(300, { startTime: 0 }));
    expect(nextFireTimes(union, { from: 0, count: 6 })).toEqual([0, 300, 600, 900, 1000, 1200]);
    expect(draws).toBe(2);
  });

  it('fails alone when it goes backwards, returns nonsense or throws', () => {
    const clock = new ManualClock(1000);
    for (const next of [(after: number) => after - 1, () => NaN, () => 'soon' as never]) {
      expect(record(customTrigger({ next }, { clock }), clock).join()).toMatch(/^TimetableError: timetable\.after\(1000\)/);
    }
    const thrown = record(
      customTrigger(
        {
          next: () => {
            throw new Error('mine');
          },
        },
        { clock },
      ),
      clock,
    );
    expect(thrown).toEqual(['Error: mine']);
  });

  it('refuses a source without next, or with an unknown axis', () => {
    expect(() => customTrigger({} as never)).toThrowError(InvalidTriggerError, /a method next\(after\)/);
    expect(() => customTrigger({ axis: 'lunar' as never, next: () => null })).toThrowError(InvalidTriggerError, /'wall' or 'elapsed'/);
  });
});

describe('unionTrigger', () => {
  it('fires at each instant of its children once', () => {
    const clock = new ManualClock();
    const log = record(unionTrigger(intervalTrigger(20, { clock }), intervalTrigger(30)), clock);
    clock.advance(60);
    expect(log).toEqual(['0@20', '1@30', '2@40', '3@60']);
  });

  it('rejects an empty list, other Observables, maxRuns of a child, and two axes', () => {
    expect(() => unionTrigger()).toThrowError(InvalidTriggerError, /at least one trigger/);
    expect(() => unionTrigger(intervalTrigger(5).pipe() as never, {} as never)).toThrowError(InvalidTriggerError, /triggers\[1\]/);
    expect(() => unionTrigger(intervalTrigger(5, { maxRuns: 1 }))).toThrowError(InvalidTriggerError, /without maxRuns/);
    expect(() => unionTrigger(intervalTrigger(5), oneTimeTrigger(5))).toThrowError(InvalidTriggerError, /triggers\[1\].*'elapsed' axis/);
  });
});

describe('filterTrigger', () => {
  it('leaves out what the predicate refuses, and keeps type and maxRuns', () => {
    const filtered = filterTrigger(cronTrigger('@hourly', { maxRuns: 2 }), (time) => new Date(time).getUTCHours() % 6 === 0);
    expect(filtered.type).toBe('cron');
    expect(nextFireTimes(filtered, { from: 1 })).toEqual([6 * 3_600_000, 12 * 3_600_000]);
  });

  it('refuses a trigger on the elapsed axis', () => {
    expect(() => filterTrigger(intervalTrigger(5), () => true)).toThrowError(InvalidTriggerError, /on the wall clock/);
  });

  it('fails alone when the predicate throws', () => {
    const clock = new ManualClock();
    const trigger = filterTrigger(intervalTrigger(5, { clock, startTime: 0 }), () => {
      throw new Error('mine');
    });
    expect(record(trigger, clock)).toEqual(['Error: mine']);
  });
});

describe('nextFireTimes', () => {
  it('counts an elapsed trigger from the start that is given, up to count and until', () => {
    expect(nextFireTimes(intervalTrigger(10), { from: 1000, count: 2 })).toEqual([1010, 1020]);
    expect(nextFireTimes(timestampTrigger([0, 5, 9]), { from: 100, until: 105 })).toEqual([100, 105]);
  });

  it('starts now, on the clock of the trigger', () => {
    expect(nextFireTimes(intervalTrigger(10, { clock: new ManualClock(70) }), { count: 1 })).toEqual([80]);
  });
});

describe('misfire', () => {
  const fires = (trigger: Trigger, clock: ManualClock): Fire[] => {
    const list: Fire[] = [];
    trigger.subscribe((fire) => list.push(fire));
    clock.advance(10);
    clock.sleep(34);
    clock.sleep(3500);
    return list;
  };

  it("'once' fires for the newest and counts the others", () => {
    const clock = new ManualClock();
    expect(fires(intervalTrigger(10, { clock, misfire: 'once' }), clock).map((fire) => [fire.scheduledAt, fire.missedCount])).toEqual([
      [10, 0],
      [40, 2],
      [3540, 349],
    ]);
  });

  it("'skip' fires for the newest alone, and not when it is more than a second late", () => {
    const clock = new ManualClock();
    expect(fires(intervalTrigger(2000, { clock, misfire: 'skip', immediate: true }), clock).map((fire) => fire.scheduledAt)).toEqual([0]);
    const quick = new ManualClock();
    expect(
      fires(intervalTrigger(10, { clock: quick, misfire: 'skip' }), quick).map((fire) => [fire.scheduledAt, fire.missedCount]),
    ).toEqual([
      [10, 0],
      [40, 0],
      [3540, 0],
    ]);
  });

  it("'all' fires for each, at most 100, the dropped counted in the first", () => {
    const clock = new ManualClock();
    const list = fires(intervalTrigger(10, { clock, misfire: 'all' }), clock);
    expect(list.slice(0, 5).map((fire) => [fire.scheduledAt, fire.missedCount])).toEqual([
      [10, 0],
      [20, 0],
      [30, 0],
      [40, 0],
      [2550, 250],
    ]);
    expect(list.length).toBe(104);
    expect(list.at(-1)?.scheduledAt).toBe(3540);
  });

  it('counts 1,000 for a thousand missed or more, and comes to a custom timetable by steps', () => {
    const clock = new ManualClock();
    const missed: number[] = [];
    intervalTrigger(1, { clock }).subscribe((fire) => missed.push(fire.missedCount));
    customTrigger({ axis: 'elapsed', next: (after) => Math.floor(after) + 1 }, { clock }).subscribe((fire) =>
      missed.push(fire.missedCount, fire.scheduledAt),
    );
    clock.sleep(5000);
    expect(missed).toEqual([1000, 1000, 1001]);
  });
});

describe('a union', () => {
  const wishes = (...triggers: Trigger[]): unknown => {
    const { misfire, overlap, whilePaused, spaced } = planOf(unionTrigger(...triggers))?.defaults ?? {};
    return [misfire, overlap, whilePaused, spaced];
  };

  it('is as careful as the most careful of its children', () => {
    const cron = (misfire?: 'once' | 'skip' | 'all'): Trigger => cronTrigger('* * * * *', { misfire });
    expect(wishes(cron(), oneTimeTrigger(5))).toEqual(['once', 'skip', 'catch-up', false]);
    expect(wishes(oneTimeTrigger(5), cron())).toEqual(['once', 'skip', 'catch-up', false]);
    expect(wishes(cron('skip'), cron('skip'))).toEqual(['skip', 'skip', 'skip', false]);
    expect(wishes(cron('skip'), cron())).toEqual(['once', 'skip', 'skip', false]);
    expect(wishes(cron('skip'), cron('all'), cron())).toEqual(['all', 'skip', 'skip', false]);
    expect(wishes(intervalTrigger(5), timestampTrigger([5]))).toEqual(['all', 'queue', 'freeze', false]);
    expect(wishes(intervalTrigger(5, { misfire: 'skip' }))).toEqual(['skip', 'skip', 'freeze', false]);
  });
});
