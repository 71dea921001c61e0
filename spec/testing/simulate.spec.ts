import { simulate, timeline } from 'extended-scheduler/testing';
import { throwError, timer } from 'rxjs';

const MINUTE = 60_000;
const at = (text: string): number => Date.parse(text);

describe('simulate', () => {
  it('returns what a plan does over a DST weekend', async () => {
    const { jobs, from, to } = await simulate(
      (scheduler) => {
        const timezone = 'America/New_York';
        scheduler.addCronJob('in the gap', '30 2 * * *', () => undefined, { timezone });
        scheduler.addCronJob('each half hour', '*/30 * * * *', () => undefined, { timezone });
      },
      { from: new Date('2026-03-08T05:00:00Z'), to: at('2026-03-09T04:00:00Z') },
    );
    expect([from, to]).toEqual([at('2026-03-08T05:00:00Z'), at('2026-03-09T04:00:00Z')]);
    expect(jobs.get('in the gap')?.firstFire).toBe(at('2026-03-08T07:00:00Z'));
    expect([jobs.get('in the gap')?.fires, jobs.get('each half hour')?.fires]).toEqual([1, 46]); // 23 hours
  });

  it('counts fires, outcomes, overlaps and missed occurrences', async () => {
    const { jobs, events } = await simulate(
      (scheduler, clock) => {
        scheduler.addIntervalJob('slow', MINUTE, () => timer(90_000, clock));
        scheduler.addIntervalJob('failing', MINUTE, () => throwError(() => new Error('no')), { maxRuns: 3 });
        scheduler.addIntervalJob('blocking', MINUTE, () => {
          clock.block(150_000);
        });
        scheduler.addOneTimeJob('removed', 1000, () => scheduler.removeJob('removed'));
      },
      { from: 0, to: 10 * MINUTE },
    );
    const slow = jobs.get('slow');
    expect(slow?.fires).toBe((slow?.outcomes.succeeded ?? 0) + (slow?.outcomes.overlap ?? 0) + (slow?.status.activeRuns ?? 0));
    expect(slow?.overlaps).toBe(slow?.outcomes.overlap);
    expect(jobs.get('failing')?.status.status).toBe('completed');
    expect(jobs.get('failing')?.outcomes.failed).toBeGreaterThan(0);
    expect(jobs.get('blocking')?.missed).toBeGreaterThan(3);
    expect(jobs.get('removed')?.status.status).toBe('removed');
    expect(events.filter(({ type }) => type === 'fired')).toHaveSize([...jobs.values()].reduce((sum, { fires }) => sum + fires, 0));
  });

  it('is the same on every run, async jobs, jitter and retries included', async () => {
    const once = async (): Promise<string> => {
      const { events } = await simulate(
        (scheduler) => {
          scheduler.addCronJob('jittered', '*/5 * * * *', async () => Promise.resolve(1), { jitter: { minutes: 2 } });
          scheduler.addIntervalJob('flaky', { minutes: 7 }, async () => Promise.reject(new Error('no')), {
            retry: { count: 2, delayMs: 1000, jitterRatio: 0.5 },
          });
        },
        { from: at('2026-10-24T00:00:00Z'), to: at('2026-10-26T00:00:00Z') },
      );
      return JSON.stringify(events);
    };
    expect(await once()).toBe(await once());
  });

  it('does not keep events without keepEvents, and passes the error of the setup on', async () => {
    const { events, jobs } = await simulate((scheduler) => scheduler.addIntervalJob('tick', 1000, () => 1), {
      from: 0,
      to: 5000,
      keepEvents: false,
    });
    expect([events.length, jobs.get('tick')?.fires]).toEqual([0, 5]);
    await expectAsync(simulate((scheduler) => scheduler.addCronJob('bad', 'x', () => 1), { from: 0, to: 1 })).toBeRejectedWithError(/x/);
    await expectAsync(simulate(() => 1, { from: 2, to: 1 })).toBeRejectedWithError(/simulate\(options.to\)/);
    await expectAsync(simulate(() => 1, { from: NaN, to: 1 })).toBeRejectedWithError(/simulate\(options.from\)/);
  });
});

describe('timeline', () => {
  it('draws runs, overlaps, failures, pauses and skipped fires, one line for each job', async () => {
    const { events, from, to } = await simulate(
      (scheduler, clock) => {
        scheduler.addIntervalJob('quick', 5000, () => 1);
        scheduler.addIntervalJob('slow', 5000, () => timer(7000, clock));
        scheduler.addIntervalJob('failing', 10_000, () => throwError(() => new Error('no')));
        scheduler.addIntervalJob('paused', 5000, () => 1);
        scheduler.addIntervalJob('many', 200, () => 1);
        scheduler.addOneTimeJob('pause', 11_000, () => scheduler.pauseJob('paused'));
        scheduler.addOneTimeJob('resume', 21_000, () => scheduler.resumeJob('paused'));
      },
      { from: 0, to: 30_000 },
    );
    expect(timeline(events, { from, to, width: 31 }).split('\n')).toEqual([
      'quick        |    |    |    |    |    |',
      'slow         |====s==  |====s==  |====s',
      'failing           !         !         !',
      'paused       |    |~~~~~~~~~~~   |    |',
      'many    ******************************|',
      'pause              |',
      'resume                       |',
    ]);
    expect(timeline([])).toBe('');
    expect(() => timeline([], { width: 0 })).toThrowError(/timeline\(options.width\)/);
    expect(timeline(events, { from: new Date(0), to: new Date(30_000), width: 31 })).toContain('quick        |    |');
    expect(() => timeline(events, { from: NaN })).toThrowError(/timeline\(options.from\)/);
    expect(() => timeline(events, { columns: 3 } as never)).toThrowError(/timeline\(options\): expected one of from, to, width/);
    expect(() => timeline({} as never)).toThrowError(/timeline\(events\)/);
  });
});
