import { Scheduler } from 'extended-scheduler';
import type { Logger } from 'extended-scheduler';
import { NEW_YEAR, harness } from '../support/scheduler-harness.js';
import { ManualClock } from '../support/manual-clock.js';

describe('the log', () => {
  it('tells a debugging reader all that happens', () => {
    const { scheduler, clock, lines } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR + 10, () => 1);
    clock.advance(10);
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

  it('is warnings and errors on the console unless told otherwise', () => {
    const spies = {
      error: spyOn(console, 'error'),
      warn: spyOn(console, 'warn'),
      info: spyOn(console, 'info'),
      debug: spyOn(console, 'debug'),
    };
    const clock = new ManualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock });
    const error = new Error('no');
    scheduler.addOneTimeJob('a', NEW_YEAR, () => {
      throw error;
    });
    clock.advance(0);
    expect(spies.error.calls.allArgs()).toEqual([['job "a": run of fire 0 failed', error]]);
    expect([spies.warn, spies.info, spies.debug].map((spy) => spy.calls.count())).toEqual([0, 0, 0]);
  });

  it('is nothing with logger: false', () => {
    const spy = spyOn(console, 'error');
    const clock = new ManualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')));
    clock.advance(0);
    expect(spy).not.toHaveBeenCalled();
  });

  it('may throw without harm', () => {
    const throwing = (): never => {
      throw new Error('logger');
    };
    const logger: Logger = { debug: throwing, info: throwing, warn: throwing, error: throwing };
    const { scheduler, clock, log } = harness({ logger });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined);
    clock.advance(0);
    expect(log.text()).toBe('added armed@0 fired#0 started#0 succeeded#0 completed');
  });
});
