import { cronTrigger, InvalidCronError, InvalidOptionError, InvalidTimezoneError, nextFireTimes } from 'extended-scheduler';

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

  it('applies startTime, endTime and maxRuns', () => {
    const hour = 3_600_000;
    const cron = cronTrigger('@hourly', { startTime: 5 * hour, endTime: 8 * hour });
    expect(nextFireTimes(cron, { from: 0 })).toEqual([5 * hour, 6 * hour, 7 * hour, 8 * hour]);
    expect(nextFireTimes(cronTrigger('@hourly', { maxRuns: 2 }), { from: 0 })).toEqual([hour, 2 * hour]);
  });

  it('rejects a wrong expression, zone or rule', () => {
    expect(() => cronTrigger('61 * * * *')).toThrowError(InvalidCronError, /minute "61".*0-59/);
    expect(() => cronTrigger('* * * * *', { timezone: 'Mars/Olympus' })).toThrowError(InvalidTimezoneError);
    expect(() => cronTrigger('* * * * *', { dst: { gap: 'both' as never } })).toThrowError(InvalidOptionError, /dst\.gap/);
  });
});
