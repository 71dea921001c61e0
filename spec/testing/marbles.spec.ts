import type { Fire } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, pausable, Scheduler, timestampTrigger } from 'extended-scheduler';
import { marbles } from 'extended-scheduler/testing';
import { distinctUntilChanged, map } from 'rxjs';

const index = map((fire: Fire) => String(fire.index));

describe('marbles', () => {
  it('has a wall clock: cron triggers run through a change of the clocks', () => {
    marbles(
      ({ expectObservable, origin }) => {
        expect(origin).toBe(Date.parse('2026-03-08T06:00:00Z'));
        const trigger = (expression: string) => cronTrigger(expression, { timezone: 'America/New_York' }).pipe(index);
        expectObservable(trigger('30 2 * * *'), '^ 120m !').toBe('60m 0'); // due in the gap: runs at the jump
        expectObservable(trigger('0 3,4 * * *'), '^ 121m !').toBe('60m 0 3599999ms 1');
      },
      { origin: '2026-03-08T01:00-05:00' },
    );
  });

  it('runs pausable, and whole jobs', () => {
    marbles(({ cold, expectObservable }) => {
      const paused$ = cold('           ---t---f', { t: true, f: false });
      expectObservable(intervalTrigger(2, { maxRuns: 3 }).pipe(pausable(paused$), index)).toBe('--0-----1-(2|)');
      const scheduler = new Scheduler({ logger: false });
      scheduler.addJob('frames', timestampTrigger([1, 3, 5]), ({ fire }) => String(fire.index));
      const commands$ = cold('         ----p---r|', { p: 'pauseJob', r: 'resumeJob' } as const);
      commands$.subscribe((command) => scheduler[command]('frames'));
      expectObservable(scheduler.values$('frames'), '^ 20ms !').toBe('-0-1-----2');
      const state$ = scheduler.status$('frames').pipe(
        map((status) => status?.status.charAt(0)),
        distinctUntilChanged(),
      );
      expectObservable(state$, '^ 20ms !').toBe('r---p---rc');
    });
  });

  it('accepts any instant as an origin, and nothing else', () => {
    expect(marbles(({ origin, testScheduler }) => [origin, testScheduler.now()], { origin: new Date(5000) })).toEqual([5000, 5000]);
    for (const origin of ['2026-03-08T01:00', 'tomorrow', NaN]) {
      expect(() => {
        marbles(() => undefined, { origin });
      }).toThrowError(/marbles\(options.origin\)/);
    }
  });

  it('rejects an async function, which it could only check in part', () => {
    expect(() => {
      void marbles(async () => Promise.resolve());
    }).toThrowError(/marbles\(run\)/);
  });

  it('throws if a trigger never ends, instead of hanging', () => {
    expect(() => {
      marbles(({ expectObservable }) => {
        expectObservable(intervalTrigger(1)).toBe('');
      });
    }).toThrowError(/a million actions and no end/);
  });
});
