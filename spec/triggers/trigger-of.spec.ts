import type { Trigger, TriggerDefinition } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  InvalidCronError,
  InvalidOptionError,
  InvalidTriggerError,
  nextFireTimes,
  oneTimeTrigger,
  timestampTrigger,
  triggerOf,
  unionTrigger,
} from 'extended-scheduler';
import { triggerOf as coreTriggerOf } from 'extended-scheduler/core';
import { VirtualClock } from 'extended-scheduler/testing';
import fc from 'fast-check';
import { must } from '../support/must.js';
import { NEW_YEAR } from '../support/scheduler-harness.js';

const DAY = 86_400_000;
/** Accepts two of three seconds, and others on the next day: an expression with a fixed time is not rejected for ever. */
const even = (time: number): boolean => (Math.floor(time / 1000) + Math.floor(time / DAY)) % 3 !== 0;
const hourly = { next: (after: number): number => (Math.floor(after / 3_600_000) + 1) * 3_600_000 };
const customs = { even, hourly, hourlyToo: () => hourly };

const instant = fc.integer({ min: NEW_YEAR - 40 * DAY, max: NEW_YEAR + 40 * DAY });
const common = fc.record(
  { maxRuns: fc.integer({ min: 1, max: 40 }), misfire: fc.constantFrom('once' as const, 'skip' as const, 'all' as const) },
  { requiredKeys: [] },
);
const misfire = fc.record({ misfire: fc.constantFrom('once' as const, 'all' as const) }, { requiredKeys: [] });
const bounds = fc
  .record({ startTime: instant, lengthMs: fc.integer({ min: 0, max: 60 * DAY }) })
  .map(({ startTime, lengthMs }) => ({ startTime, endTime: startTime + lengthMs }));
const maybe = <T extends object>(given: fc.Arbitrary<T>): fc.Arbitrary<Partial<T>> => fc.oneof(fc.constant({}), given);
const everyMs = fc.integer({ min: 1, max: 3 * DAY });

const cron = (rest: fc.Arbitrary<object>): fc.Arbitrary<Trigger> =>
  fc
    .tuple(
      fc.constantFrom('0 9 * * MON-FRI', '*/7 * * * *', '30 2 * * *', '@hourly', '15 0 12 L * ?'),
      fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', '+05:30'),
      maybe(bounds),
      maybe(fc.record({ since: instant })),
      maybe(fc.record({ dst: fc.constantFrom({ gap: 'skip' as const }, { gap: 'run' as const, repeated: 'both' as const }, {}) })),
      rest,
    )
    .map(([expression, timezone, ...options]) => cronTrigger(expression, Object.assign({ timezone }, ...options) as object));
const wall = (rest: fc.Arbitrary<object>): fc.Arbitrary<Trigger> =>
  fc.oneof(
    cron(rest),
    fc
      .tuple(everyMs, bounds, maybe(fc.record({ since: instant })), rest)
      .map(([every, ...options]) => intervalTrigger(every, Object.assign({}, ...options) as object)),
    fc.tuple(instant, rest).map(([at, options]) => oneTimeTrigger(new Date(at), options)),
    rest.map((options) => customTrigger(hourly, { ...options, name: 'hourly' })),
    rest.map((options) => customTrigger(() => hourly, { ...options, name: 'hourlyToo' })),
  );
const elapsed = (rest: fc.Arbitrary<object>): fc.Arbitrary<Trigger> =>
  fc.oneof(
    fc.tuple(fc.array(fc.integer({ min: 0, max: DAY })), rest).map(([list, options]) => timestampTrigger(list, options)),
    fc.tuple(everyMs, fc.boolean(), rest).map(([every, immediate, options]) => intervalTrigger(every, { ...options, immediate })),
  );
const spaced = fc.tuple(everyMs, common).map(([every, options]) => intervalTrigger(every, { ...options, spaced: true }));
const union = (children: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> =>
  fc.array(children, { minLength: 1, maxLength: 3 }).map((list) => unionTrigger(...list));
const filtered = (children: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> =>
  children.map((child) => filterTrigger(child, even, { name: 'even' }));
const anyTrigger = fc.oneof(
  wall(common),
  elapsed(common),
  spaced,
  union(wall(misfire)),
  union(elapsed(misfire)),
  filtered(wall(common)),
  union(filtered(wall(misfire))),
  filtered(union(wall(misfire))),
);

describe('trigger.definition', () => {
  it('is plain JSON, from which triggerOf creates a trigger that is equal and fires at equal instants', () => {
    fc.assert(
      fc.property(anyTrigger, instant, (trigger, from) => {
        const json = JSON.stringify(trigger.definition);
        const copy = triggerOf(JSON.parse(json) as TriggerDefinition, { customs });
        must(JSON.stringify(copy.definition), json, 'the definition');
        must(copy.text, trigger.text, 'the text');
        must(copy.type, trigger.type, 'the type');
        const times = (one: Trigger): number[] => nextFireTimes(one, { from, count: 30, until: from + 400 * DAY });
        must(times(copy), times(trigger), 'the instants');
      }),
      { numRuns: 500 },
    );
    expect().nothing();
  });

  it('is frozen, and has numbers of ms for durations and instants', () => {
    const trigger = intervalTrigger(
      { minutes: 5 },
      { startTime: new Date(NEW_YEAR), endTime: { epochMilliseconds: NEW_YEAR + DAY }, maxRuns: 3 },
    );
    expect(trigger.definition).toEqual({ type: 'interval', everyMs: 300_000, startTime: NEW_YEAR, endTime: NEW_YEAR + DAY, maxRuns: 3 });
    expect(Object.isFrozen(trigger.definition)).toBe(true);
  });

  it('leaves out what has no effect: no limit, no flag', () => {
    expect(intervalTrigger(5, { maxRuns: Infinity, immediate: false }).definition).toEqual({ type: 'interval', everyMs: 5 });
    expect(cronTrigger('* * * * *', { dst: {} }).definition).toEqual({ type: 'cron', expression: '* * * * *', timezone: 'UTC' });
  });

  it('is null for a filter or a custom source without a name, and for what contains one', () => {
    const custom = customTrigger(hourly);
    const filter = filterTrigger(cronTrigger('* * * * *'), even);
    expect([custom.definition, filter.definition]).toEqual([null, null]);
    expect(unionTrigger(custom, oneTimeTrigger(0)).definition).toBeNull();
    expect(filterTrigger(custom, even, { name: 'even' }).definition).toBeNull();
  });

  it('is not changed by a later change of the arguments', () => {
    const list = [3, 1, 2, 1];
    const trigger = timestampTrigger(list);
    list.push(4);
    expect(trigger.definition).toEqual({ type: 'timestamp', timestamps: [1, 2, 3] });
  });
});

describe('triggerOf', () => {
  it('passes the clock on to the trigger and to those inside it', () => {
    const clock = new VirtualClock(NEW_YEAR);
    const fired: number[] = [];
    triggerOf(
      {
        type: 'union',
        triggers: [
          { type: 'one-time', runAt: NEW_YEAR + 5 },
          { type: 'cron', expression: '* * * * *', timezone: 'UTC' },
        ],
      },
      { clock },
    ).subscribe((fire) => fired.push(fire.scheduledAt - NEW_YEAR));
    clock.advanceBySync(60_000);
    expect(fired).toEqual([5, 60_000]);
  });

  const wrong: readonly (readonly [what: string, definition: unknown, message: RegExp])[] = [
    ['null', null, /triggerOf\(definition\): expected a definition such as .*, got null/],
    ['JSON text', '{"type":"cron"}', /triggerOf\(definition\): expected a definition such as/],
    ['no type', {}, /triggerOf\(definition\.type\): expected one of 'timestamp', .*'cron', got undefined/],
    ['an unknown type', { type: 'weekly' }, /triggerOf\(definition\.type\): expected one of .*got "weekly"/],
    ['a name of Object.prototype', { type: 'constructor' }, /triggerOf\(definition\.type\): .*got "constructor"/],
    [
      'an unknown field',
      { type: 'interval', everyMs: 5, every: 5 },
      /triggerOf\(definition\): expected one of everyMs, startTime, .*got "every"/,
    ],
    [
      'an unknown field inside',
      { type: 'union', triggers: [{ type: 'one-time', runAt: 1, at: 2 }] },
      /triggerOf\(definition\.triggers\[0\]\): .*got "at"/,
    ],
    [
      'an unknown type inside',
      { type: 'filter', name: 'even', trigger: { type: 'x' } },
      /triggerOf\(definition\.trigger\.type\): .*got "x"/,
    ],
    [
      'triggers that are no list',
      { type: 'union', triggers: 5 },
      /triggerOf\(definition\.triggers\): expected an array of definitions, got 5/,
    ],
    ['nothing inside', { type: 'filter', name: 'even' }, /triggerOf\(definition\.trigger\): expected a definition/],
    [
      'a name without an entry',
      { type: 'custom', name: 'nightly' },
      /triggerOf\(options\.customs\): expected an entry for the name "nightly"/,
    ],
    ['what its factory refuses', { type: 'interval', everyMs: 0 }, /intervalTrigger\(every\): expected a finite duration/],
    ['a wrong expression', { type: 'cron', expression: '0 25 * * *', timezone: 'UTC' }, /hour "25": expected 0-23/],
  ];
  for (const [what, definition, message] of wrong) {
    it(`names the place, the value and what is allowed for ${what}`, () => {
      expect(() => triggerOf(definition as TriggerDefinition, { customs })).toThrowError(message);
    });
  }

  it('throws errors of the classes of the factories', () => {
    const thrownBy = (definition: unknown): unknown => {
      try {
        return triggerOf(definition as TriggerDefinition);
      } catch (error) {
        return error;
      }
    };
    expect(thrownBy({ type: 'x' })).toBeInstanceOf(InvalidTriggerError);
    expect(thrownBy({ type: 'one-time', runAt: 1, x: 1 })).toBeInstanceOf(InvalidOptionError);
    expect(thrownBy({ type: 'cron', expression: '', timezone: 'UTC' })).toBeInstanceOf(InvalidCronError);
    expect(thrownBy({ type: 'interval', everyMs: -1 })).toBeInstanceOf(InvalidTriggerError);
  });

  it('of the entry point core reads all but cron, and names the import that is missing', () => {
    expect(coreTriggerOf({ type: 'interval', everyMs: 20_000 }).text).toBe('every 20 s');
    expect(() => coreTriggerOf({ type: 'cron', expression: '* * * * *', timezone: 'UTC' })).toThrowError(
      /expected one of .* \(for 'cron' import triggerOf from 'extended-scheduler', not from its entry point core\), got "cron"/,
    );
  });
});

describe('trigger.text', () => {
  const texts: readonly (readonly [trigger: Trigger, text: string])[] = [
    [cronTrigger('0 9 * * MON-FRI', { timezone: 'America/New_York' }), '0 9 * * MON-FRI, America/New_York'],
    [cronTrigger(' @daily ', { startTime: NEW_YEAR, maxRuns: 1 }), '@daily, UTC, from 2026-01-01 00:00 (UTC), once'],
    [intervalTrigger(20_000), 'every 20 s'],
    [intervalTrigger({ hours: 1, minutes: 30 }), 'every 1 h 30 min'],
    [intervalTrigger(1500.5), 'every 1 s 500.5 ms'],
    [intervalTrigger({ days: 2 }, { immediate: true, maxRuns: 3 }), 'every 2 d, at once first, 3 times'],
    [intervalTrigger(5000, { spaced: true }), '5 s after each run'],
    [intervalTrigger(1000, { endTime: NEW_YEAR + 5500 }), 'every 1 s, until 2026-01-01 00:00:05.500 (UTC)'],
    [oneTimeTrigger(new Date('2026-03-08T02:30:00Z')), 'once at 2026-03-08 02:30 (UTC)'],
    [oneTimeTrigger(new Date('2026-03-08T02:30:07Z')), 'once at 2026-03-08 02:30:07 (UTC)'],
    [timestampTrigger([]), 'never'],
    [timestampTrigger([0, 500, 1000, 60_000]), '0 ms, 500 ms, 1 s, 1 min after the start'],
    [timestampTrigger([1, 2, 3, 4, 5, 6]), '6 times in 6 ms'],
    [customTrigger(hourly), 'custom'],
    [customTrigger(hourly, { name: 'hourly' }), 'custom: hourly'],
    [filterTrigger(intervalTrigger(1000, { startTime: 0 }), even), 'every 1 s, from 1970-01-01 00:00 (UTC), filtered'],
    [
      unionTrigger(oneTimeTrigger(0), filterTrigger(cronTrigger('0 0 1 * *'), even, { name: 'even' })),
      'once at 1970-01-01 00:00 (UTC); 0 0 1 * *, UTC, filtered by even',
    ],
  ];
  for (const [trigger, text] of texts) {
    it(`is "${text}"`, () => {
      expect(trigger.text).toBe(text);
    });
  }
});

describe('the option name', () => {
  it('must be a string that is not empty', () => {
    expect(() => customTrigger(hourly, { name: '' })).toThrowError(
      'customTrigger(options.name): expected a string that is not empty, got ""',
    );
    expect(() => filterTrigger(oneTimeTrigger(0), even, { name: 5 as never })).toThrowError(/filterTrigger\(options\.name\): .*got 5/);
  });
});
