import type { Fire } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, InvalidOptionError, oneTimeTrigger, pausable, timestampTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { map, NEVER, of, Subject, take, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

const index = map((fire: Fire) => String(fire.index));
const flags = { t: true, f: false };

function marbles(run: Parameters<TestScheduler['run']>[0]): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(run);
}

describe('pausable', () => {
  it('keeps the remaining delay of a trigger on the elapsed axis', () => {
    marbles(({ cold, expectObservable }) => {
      const paused$ = cold('         -----t---f', flags);
      const trigger$ = intervalTrigger(2, { maxRuns: 4 }).pipe(pausable(paused$), index);
      expectObservable(trigger$).toBe('--0-1-----2-(3|)');
    });
  });

  it('loses no timestamp and lets none come early', () => {
    marbles(({ cold, expectObservable }) => {
      const paused$ = cold('                              --t-----f', flags);
      const frames$ = timestampTrigger([0, 1, 2, 3, 4, 5]).pipe(pausable(paused$), index);
      // the one due at the very moment of the pause waits: pausing was asked for first
      expectObservable(frames$).toBe('01------234(5|)');
    });
  });

  it('drops occurrences on the wall axis, or leaves them to misfire with catch-up', () => {
    marbles(({ cold, expectObservable }) => {
      const paused$ = (): ReturnType<typeof cold<boolean>> => cold('---t---f', flags);
      const wall = intervalTrigger(2, { startTime: 0, maxRuns: 4 });
      expectObservable(
        wall.pipe(
          pausable(paused$()),
          map((fire) => `${String(fire.scheduledAt)}+${String(fire.missedCount)}`),
        ),
      ).toBe('a-b-----c-(d|)', { a: '0+0', b: '2+0', c: '8+0', d: '10+0' });
      expectObservable(
        wall.pipe(
          pausable(paused$(), { whilePaused: 'catch-up' }),
          map((fire) => `${String(fire.scheduledAt)}+${String(fire.missedCount)}`),
        ),
      ).toBe('a-b----c(d|)', { a: '0+0', b: '2+0', c: '6+1', d: '8+0' });
    });
  });

  it('catches a one-time trigger up on resume', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(oneTimeTrigger(3).pipe(pausable(cold('-t----f', flags)), index)).toBe('------(0|)');
    });
  });

  it('drops the values of any other source while paused', () => {
    marbles(({ cold, hot, expectObservable }) => {
      const source$ = hot('  -a-b-c-d-|');
      const paused$ = cold(' --t---f', flags);
      const expected = '     -a-----d-|';
      expectObservable(source$.pipe(pausable(paused$))).toBe(expected);
    });
  });

  it('subscribes the notifier first, and both are released together', () => {
    const order: string[] = [];
    const clock = new VirtualClock(0);
    const paused$ = new Subject<boolean>();
    const trigger = intervalTrigger(10, { clock });
    const subscription = trigger.pipe(pausable(paused$)).subscribe(() => order.push('fire'));
    paused$.next(true);
    clock.advanceBySync(100);
    expect(order).toEqual([]);
    subscription.unsubscribe();
    expect([paused$.observed, clock.pending.length]).toEqual([false, 0]);
    expect(
      of(1, 2)
        .pipe(pausable(of(true)))
        .subscribe(() => order.push('value')).closed,
    ).toBeTrue();
    expect(order).toEqual([]);
  });

  it('accepts a promise as a notifier, and continues when the notifier completes', async () => {
    const clock = new VirtualClock(0);
    const fires: number[] = [];
    intervalTrigger(10, { clock })
      .pipe(pausable(Promise.resolve(false)), take(2))
      .subscribe((fire) => fires.push(fire.index));
    await clock.advanceBy(100);
    expect(fires).toEqual([0, 1]);
  });

  it('errors when the notifier does', () => {
    let error: unknown;
    NEVER.pipe(pausable(throwError(() => 'lost'))).subscribe({ error: (reason: unknown) => (error = reason) });
    expect(error).toBe('lost');
  });

  it('rejects a policy of the wrong axis', () => {
    expect(() => intervalTrigger(5).pipe(pausable(NEVER, { whilePaused: 'skip' }))).toThrowError(
      InvalidOptionError,
      /expected 'freeze' for the interval trigger/,
    );
    expect(() => cronTrigger('* * * * *').pipe(pausable(NEVER, { whilePaused: 'freeze' }))).toThrowError(
      InvalidOptionError,
      /'skip' or 'catch-up'/,
    );
  });
});

describe('the options of pausable', () => {
  it('that are wrong are rejected when it is called', () => {
    expect(() => pausable(NEVER, { whilePausd: 'skip' } as never)).toThrowError(/pausable\(options\): expected one of whilePaused/);
    expect(() => pausable(NEVER, { whilePaused: 'sleep' as never })).toThrowError(/pausable\(options\.whilePaused\): expected 'freeze'/);
  });
});
