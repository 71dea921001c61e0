import { Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';

const START = Date.UTC(2026, 0);

describe('slackMs', () => {
  it('lets neighbours share a wake-up, in order of their instants, never early and at most slackMs late', async () => {
    const clock = new VirtualClock(START);
    const scheduler = new Scheduler({ clock, slackMs: 10 });
    const fired: string[] = [];
    for (const period of [1007, 1003, 1000])
      scheduler.addIntervalJob(String(period), period, ({ fire }) =>
        fired.push(`${String(fire.scheduledAt - START)} at ${String(fire.firedAt - START)}`),
      );
    expect(scheduler.getJobStatus('1003')?.nextRunTime).toBe(START + 1003);
    await clock.advanceBy(2100);
    expect(fired).toEqual(['1000 at 1000', '1003 at 1010', '1007 at 1010', '2000 at 2000', '2006 at 2010', '2014 at 2020']);
    expect(scheduler.getJobStatus('1003')?.nextRunTime).toBe(START + 3009);
  });

  it('takes a number of ms from 0 to 30,000', () => {
    expect(() => new Scheduler({ slackMs: 0 })).not.toThrow();
    for (const slackMs of [-1, NaN, 30_001, '10' as unknown as number])
      expect(() => new Scheduler({ slackMs })).toThrowError(/new Scheduler\(options.slackMs\): expected a number of ms from 0 to 30000/);
  });
});
