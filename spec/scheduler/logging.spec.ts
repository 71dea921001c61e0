import type { LogEntry, Logger } from 'extended-scheduler';
import { Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('the log', () => {
  it('writes everything for debugging', () => {
    const { scheduler, clock, lines } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR + 10, () => 1);
    clock.advanceBySync(10);
    scheduler.removeJob('a');
    expect(lines).toEqual([
      'info job "a": added',
      'debug job "a": armed for 2026-01-01T00:00:00.010Z',
      'debug job "a": fired fire 0',
      'debug job "a": started fire 0',
      'debug job "a": emitted fire 0',
      'debug job "a": succeeded fire 0',
      'info job "a": completed',
      'info job "a": removed',
    ]);
  });

  it('is warnings and errors on the console by default', () => {
    const spies = {
      error: spyOn(console, 'error'),
      warn: spyOn(console, 'warn'),
      info: spyOn(console, 'info'),
      debug: spyOn(console, 'debug'),
    };
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock });
    const error = new Error('no');
    scheduler.addOneTimeJob('a', NEW_YEAR, () => {
      throw error;
    });
    clock.advanceBySync(0);
    expect(spies.error.calls.allArgs()).toEqual([['job "a": run of fire 0 failed', error]]);
    expect([spies.warn, spies.info, spies.debug].map((spy) => spy.calls.count())).toEqual([0, 0, 0]);
  });

  it('is nothing with logger: false', () => {
    const spy = spyOn(console, 'error');
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')));
    clock.advanceBySync(0);
    expect(spy).not.toHaveBeenCalled();
  });

  it('may throw without an effect', () => {
    const throwing = (): never => {
      throw new Error('logger');
    };
    const logger: Logger = { debug: throwing, info: throwing, warn: throwing, error: throwing };
    const { scheduler, clock, log } = harness({ logger });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined);
    clock.advanceBySync(0);
    expect(log.text()).toBe('added armed@0 fired#0 started#0 succeeded#0 completed');
  });
});

describe('a logger that is a function', () => {
  it('gets one structured entry for each line, with whole objects', () => {
    const entries: LogEntry[] = [];
    const { scheduler, clock } = harness({ logger: (entry) => entries.push(entry) });
    const error = new Error('no');
    scheduler.addOneTimeJob('a', NEW_YEAR + 10, () => {
      throw error;
    });
    scheduler.events$.subscribe(() => {
      throw error;
    });
    clock.advanceBySync(10);
    expect(entries.map(({ level, message }) => `${level} ${message}`)).toContain('debug job "a": armed for 2026-01-01T00:00:00.010Z');
    const failure = entries.find(({ event }) => event?.type === 'failed');
    expect(failure).toEqual({
      level: 'error',
      message: 'job "a": run of fire 0 failed',
      jobId: 'a',
      fire: jasmine.objectContaining({ index: 0, scheduledAt: NEW_YEAR + 10 }) as never,
      event: jasmine.objectContaining({ type: 'failed', error }) as never,
      error,
    });
    expect(entries).toContain({ level: 'error', message: 'a listener of events$ threw', error });
  });

  it('also gets an error that is undefined, and none if nothing failed', () => {
    const entries: LogEntry[] = [];
    const { scheduler, clock } = harness({ logger: (entry) => entries.push(entry) });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => {
      throw undefined;
    });
    clock.advanceBySync(0);
    expect(entries.filter((entry) => 'error' in entry).map(({ level }) => level)).toEqual(['error']);
  });

  it('may throw or reject without an effect', async () => {
    for (const logger of [
      () => {
        throw new Error('logger');
      },
      () => Promise.reject(new Error('logger')),
    ]) {
      const { scheduler, clock, log } = harness({ logger });
      scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined);
      await clock.advanceBy(0);
      expect(log.text()).toBe('added armed@0 fired#0 started#0 succeeded#0 completed');
    }
  });

  it('that has the four methods counts as an object', () => {
    const lines: string[] = [];
    const write = (message: string): number => lines.push(message);
    const { scheduler } = harness({
      logger: Object.assign(() => fail('called'), { debug: write, info: write, warn: write, error: write }),
    });
    scheduler.addIntervalJob('a', 10, () => undefined);
    expect(lines[0]).toBe('job "a": added');
  });
});

describe('the message of a failure', () => {
  const messageOf = (error: unknown): string => {
    const messages: string[] = [];
    const details: unknown[] = [];
    const logger: Logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message, ...more) => {
        messages.push(message);
        details.push(...more);
      },
    };
    const { scheduler, clock } = harness({ logger });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => {
      throw error;
    });
    clock.advanceBySync(0);
    expect(details).toEqual([error]);
    return messages.join();
  };

  it('ends with the stack of the error, which is also a detail', () => {
    const error = new Error('no');
    expect(messageOf(error)).toBe(`job "a": run of fire 0 failed: ${error.stack ?? ''}`);
  });

  it('describes values that are not errors, and errors whose stack lacks the message', () => {
    const bare = new Error('told later');
    bare.stack = 'somewhere';
    const hostile = new Error('hidden');
    Object.defineProperty(hostile, 'stack', {
      get: () => {
        throw new Error('no stack');
      },
    });
    expect(messageOf('out of paper')).toBe('job "a": run of fire 0 failed: "out of paper"');
    expect(messageOf(bare)).toBe('job "a": run of fire 0 failed: Error: told later\nsomewhere');
    expect(messageOf(hostile)).toContain('job "a": run of fire 0 failed: ');
  });

  it('is left to the console, which shows errors itself: in full with logger: console', () => {
    const spies = { error: spyOn(console, 'error'), info: spyOn(console, 'info'), debug: spyOn(console, 'debug') };
    const { scheduler, clock } = harness({ logger: console });
    const error = new Error('no');
    scheduler.addOneTimeJob('100%d', NEW_YEAR, () => {
      throw error;
    });
    clock.advanceBySync(0);
    expect(spies.error.calls.allArgs()).toEqual([['job "100%%d": run of fire 0 failed', error]]);
    expect(spies.info).toHaveBeenCalledWith('job "100%d": added');
    expect(spies.debug).toHaveBeenCalledWith('job "100%d": fired fire 0');
  });
});
