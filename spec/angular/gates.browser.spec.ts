import { InvalidOptionError, Scheduler } from 'extended-scheduler';
import { whenAll, whenOnline, whenVisible } from 'extended-scheduler/angular';
import { VirtualClock } from 'extended-scheduler/testing';
import { BehaviorSubject } from 'rxjs';

function told(gate: { subscribe: (next: (open: boolean) => void) => { unsubscribe(): void } }): { values: boolean[]; stop: () => void } {
  const values: boolean[] = [];
  const subscription = gate.subscribe((open) => values.push(open));
  return {
    values,
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

describe('whenVisible', () => {
  it('follows the visibility of the page', () => {
    const state = spyOnProperty(document, 'visibilityState').and.returnValue('visible');
    const { values, stop } = told(whenVisible());
    state.and.returnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    state.and.returnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    stop();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(values).toEqual([true, false, true]);
  });
});

describe('whenOnline', () => {
  it('follows the network', () => {
    const onLine = spyOnProperty(navigator, 'onLine').and.returnValue(false);
    const { values, stop } = told(whenOnline());
    onLine.and.returnValue(true);
    window.dispatchEvent(new Event('online'));
    onLine.and.returnValue(false);
    window.dispatchEvent(new Event('offline'));
    stop();
    window.dispatchEvent(new Event('online'));
    expect(values).toEqual([false, true, false]);
  });
});

describe('whenAll', () => {
  it('rejects a value that is not a gate', () => {
    const wrong = whenAll as (...gates: unknown[]) => unknown;
    expect(() => wrong()).toThrowError(InvalidOptionError, /at least one gate/);
    expect(() => wrong(5)).toThrowError(InvalidOptionError, /whenAll\(...gates\): expected Observables/);
    expect(() => wrong([new BehaviorSubject(false)])).toThrowError(InvalidOptionError, /got an array of 1/);
  });

  it('holds a job while any of its gates is closed', async () => {
    const a = new BehaviorSubject(true);
    const b = new BehaviorSubject(false);
    const clock = new VirtualClock(0);
    const scheduler = new Scheduler({ clock, logger: false });
    scheduler.addIntervalJob('tick', 1000, () => undefined, { when: whenAll(a, b) });
    expect(scheduler.getJobStatus('tick')?.gate).toBe('closed');
    b.next(true);
    await clock.advanceBy(2000);
    a.next(false);
    await clock.advanceBy(2000);
    expect(scheduler.getJobStatus('tick')?.executionCount).toBe(2);
  });
});
