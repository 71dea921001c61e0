import type { DstRule } from 'extended-scheduler';
import { InvalidTimezoneError } from 'extended-scheduler';
import fc from 'fast-check';
import { cronOf } from '../support/cron-of.js';
import { must } from '../support/must.js';

function fires(expression: string, timezone: string, from: string, until: string, rule: DstRule = {}): string[] {
  const cron = cronOf(expression, timezone, rule);
  const list: string[] = [];
  for (let at = cron.after(Date.parse(from) - 1); at !== null && at <= Date.parse(until); at = cron.after(at)) {
    list.push(new Date(at).toISOString().slice(11, 16));
  }
  return list;
}

describe('cronTimetable', () => {
  // New York jumps from 02:00 to 03:00 on 2026-03-08 (07:00 UTC), and back from 02:00 to 01:00 on 2026-11-01 (06:00 UTC)
  const spring = ['America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T08:00:00Z'] as const;
  const autumn = ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-01T07:30:00Z'] as const;

  it('runs a fixed time inside a jump forward once, at the jump', () => {
    expect(fires('30 2 * * *', ...spring)).toEqual(['07:00']);
    expect(fires('0,15,30 2 * * *', ...spring)).toEqual(['07:00']);
  });

  it('runs a fixed time in a repeated hour in the first pass only', () => {
    expect(fires('30 1 * * *', ...autumn)).toEqual(['05:30']);
  });

  it('lets a * job follow real time: nothing in the gap, both passes', () => {
    expect(fires('*/30 2 * * *', ...spring)).toEqual([]);
    expect(fires('*/30 * * * *', ...spring)).toEqual(['06:00', '06:30', '07:00', '07:30', '08:00']);
    expect(fires('*/30 1 * * *', ...autumn)).toEqual(['05:00', '05:30', '06:00', '06:30']);
    expect(fires('0 * * * *', ...autumn)).toEqual(['05:00', '06:00', '07:00']);
  });

  it('does as the dst option says', () => {
    expect(fires('30 2 * * *', ...spring, { gap: 'skip' })).toEqual([]);
    expect(fires('*/30 2 * * *', ...spring, { gap: 'run' })).toEqual(['07:00']);
    expect(fires('30 1 * * *', ...autumn, { repeated: 'both' })).toEqual(['05:30', '06:30']);
    expect(fires('*/30 1 * * *', ...autumn, { repeated: 'first' })).toEqual(['05:00', '05:30']);
  });

  it('is right where the clocks change by half an hour, and where a whole day is left out', () => {
    // Lord Howe: 02:00 becomes 02:30 on 2026-10-03T15:30Z
    expect(fires('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T18:00:00Z')).toEqual(['15:30']);
    // Apia left out 2011-12-30: a day is no daylight saving, so that nothing runs for it
    const apia = cronOf('0 12 30 12 *', 'Pacific/Apia');
    expect(new Date(apia.after(Date.parse('2011-06-01T00:00:00Z')) ?? 0).toISOString()).toBe('2012-12-29T22:00:00.000Z');
  });

  it('answers null for a date that never comes', () => {
    const never = cronOf('0 0 30 2 *', 'Europe/London');
    expect(never.after(0)).toBeNull();
    expect(never.before(1e13)).toBeNull();
    expect(cronOf('0 0 0 1 1 * 2020', 'UTC').after(Date.UTC(2021, 0))).toBeNull();
  });

  it('answers for any instant', () => {
    const cron = cronOf('0 0 1 1 *', 'Europe/London');
    expect(cron.after(Infinity)).toBeNull();
    expect(cron.before(-Infinity)).toBeNull();
    expect(cron.after(-Infinity)).not.toBeNull();
    expect(cron.before(Infinity)).toBe(Date.UTC(9999, 0));
  });

  it('is shared by all who use the same expression, zone and rule', () => {
    expect(cronOf('5 4 * * *')).toBe(cronOf('5 4 * * *', 'UTC'));
    expect(cronOf('5 4 * * *')).not.toBe(cronOf('5 4 * * *', 'UTC', { gap: 'skip' }));
  });

  it('rejects an unknown zone', () => {
    expect(() => cronOf('* * * * *', 'Europe/Lodnon')).toThrowError(
      InvalidTimezoneError,
      /^cronTrigger\(options\.timezone\): .*"Europe\/Lodnon"/,
    );
    expect(() => cronOf('* * * * *', '')).toThrowError(InvalidTimezoneError);
  });

  const expressions = [
    '* * * * *',
    '*/15 * * * *',
    '30 2 * * *',
    '0 1,2,3 * * *',
    '0 0 * * *',
    '0 12 L * *',
    '15 */4 * * MON-FRI',
    '0 0 29 2 *',
    '59 23 31 12 *',
    '30 1-3 * * SUN',
  ];
  const zones = [
    'UTC',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'Antarctica/Troll',
    'Europe/Dublin',
    'America/Nuuk',
    'Asia/Kathmandu',
  ];
  const cases = fc.record({
    expression: fc.constantFrom(...expressions),
    zone: fc.constantFrom(...zones),
    at: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2037, 0) }),
  });

  it('has before as the mirror of after, and both constant between two fires', () => {
    fc.assert(
      fc.property(cases, ({ expression, zone, at }) => {
        const cron = cronOf(expression, zone);
        const next = cron.after(at) ?? Infinity;
        const previous = cron.before(next) ?? -Infinity;
        must(next > at, true, 'after is later');
        must(previous <= at, true, 'before(after) is not later');
        must(cron.after(previous), next, 'after(previous)');
        must(cron.after(Math.floor((previous + next) / 2)), next, 'after is constant');
        must(cron.before(Math.ceil((previous + next) / 2)), previous, 'before is constant');
        must(cron.matches(next), true, 'matches');
        must(cron.count(previous, next, 1000), 1, 'count');
      }),
      { numRuns: 3000 },
    );
    expect().nothing();
  });
});
