import { ApplicationRef, Component, Injector, NgZone, provideZoneChangeDetection } from '@angular/core';
import { fakeAsync, flushMicrotasks, TestBed, tick } from '@angular/core/testing';
import { intervalTrigger, Scheduler } from 'extended-scheduler';
import type { InjectJobOptions, ProvideSchedulerOptions } from 'extended-scheduler/angular';
import { injectJob, provideScheduler, whenVisible } from 'extended-scheduler/angular';
import { finalize, interval, NEVER, Observable, Subject } from 'rxjs';
import { angularHarness } from '../support/test-bed.js';
import { until, wait } from '../support/waiting.js';
import { inProxyZone } from '../support/zone-testing.js';

/** An app with zone.js and a scheduler in real time. */
function appWithZone(options: ProvideSchedulerOptions = {}): { zone: NgZone; scheduler: Scheduler } {
  TestBed.configureTestingModule({ providers: [provideZoneChangeDetection(), provideScheduler({ logger: false, ...options })] });
  return { zone: TestBed.inject(NgZone), scheduler: TestBed.inject(Scheduler) };
}

describe('a scheduler in an app with zone.js', () => {
  it('sets no timer in the zone, whatever code adds the job, and the app becomes stable', async () => {
    const { zone, scheduler } = appWithZone();
    zone.run(() => {
      scheduler.addIntervalJob('tick', 20, () => undefined);
      scheduler.statuses$.subscribe();
    });
    expect(zone.hasPendingMacrotasks).toBe(false);
    await TestBed.inject(ApplicationRef).whenStable();
    await until('it has run twice', () => (scheduler.getJobStatus('tick')?.executionCount ?? 0) > 1);
    expect(zone.hasPendingMacrotasks).toBe(false);
  });

  it('runs functions outside the zone, and causes no change detection', async () => {
    const { zone, scheduler } = appWithZone();
    const inZone: boolean[] = [];
    const note = (): void => {
      inZone.push(NgZone.isInAngularZone());
    };
    let microtasksEmpty = 0;
    zone.run(() => {
      scheduler.addIntervalJob('timer', 20, note);
      scheduler.addIntervalJob(
        'by hand',
        60_000,
        () =>
          new Observable((subscriber) => {
            note();
            subscriber.complete();
          }),
      );
    });
    await TestBed.inject(ApplicationRef).whenStable();
    zone.onMicrotaskEmpty.subscribe(() => microtasksEmpty++);
    await until('the timer has run', () => inZone.length > 2);
    expect(microtasksEmpty).toBe(0);
    zone.run(() => scheduler.runNow('by hand'));
    expect(inZone).not.toContain(true);
  });

  it('runs functions, and Observables that they return, inside the zone with runInZone', async () => {
    const { scheduler } = appWithZone({ runInZone: true });
    const inZone: boolean[] = [];
    scheduler.addIntervalJob(
      'tick',
      10,
      () => {
        inZone.push(NgZone.isInAngularZone());
        return new Observable((subscriber) => {
          inZone.push(NgZone.isInAngularZone());
          subscriber.complete();
        });
      },
      { maxRuns: 2 },
    );
    await until('both runs are over', () => inZone.length === 4);
    expect(inZone).toEqual([true, true, true, true]);
  });

  for (const [name, inApp, inJob, expected] of [
    ['the job goes before the app: inside', false, true, true],
    ['the job goes before the app: outside', true, false, false],
    ['a job that says nothing goes by the app', true, undefined, true],
  ] as const) {
    it(`prefers the options of the job: ${name}`, async () => {
      appWithZone({ runInZone: inApp });
      const inZone: boolean[] = [];
      const options: InjectJobOptions = { runInZone: inJob, maxRuns: 1, injector: TestBed.inject(Injector) };
      injectJob(
        'tick',
        intervalTrigger(10),
        () => {
          inZone.push(NgZone.isInAngularZone());
        },
        options,
      );
      TestBed.tick();
      await until('it has run', () => inZone.length > 0);
      expect(inZone).toEqual([expected]);
    });
  }

  it('keeps the work of a job outside the zone, although others are inside', async () => {
    const { zone } = appWithZone({ runInZone: true });
    let runs = 0;
    const count = (): void => {
      runs++;
    };
    injectJob('tick', intervalTrigger(10), count, { runInZone: false, injector: TestBed.inject(Injector) });
    TestBed.tick();
    await wait(0);
    let detections = 0;
    zone.onMicrotaskEmpty.subscribe(() => detections++);
    await until('it has run three times', () => runs >= 3);
    expect(detections).toBe(0);
  });

  it('subscribes plain Observables and gates outside the zone, whatever code adds the job', async () => {
    const { zone, scheduler } = appWithZone();
    zone.run(() => {
      scheduler.addJob('plain', interval(1000), () => undefined, { when: whenVisible() });
      scheduler.reschedule('plain', interval(500));
    });
    expect(zone.hasPendingMacrotasks).toBe(false);
    await TestBed.inject(ApplicationRef).whenStable();
    let detections = 0;
    zone.onMicrotaskEmpty.subscribe(() => detections++);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(detections).toBe(0);
  });

  it('does not affect the zone when a run ends that was started inside, by a call or by an emission', async () => {
    const { zone, scheduler } = appWithZone();
    const source = new Subject<void>();
    scheduler.addIntervalJob('slow', 60_000, () => wait(10));
    scheduler.addJob('stream', source, () => wait(10));
    zone.run(() => scheduler.runNow('slow'));
    zone.run(() => {
      source.next();
    });
    await wait(0);
    let detections = 0;
    zone.onMicrotaskEmpty.subscribe(() => detections++);
    await until('the run is over', () => ['slow', 'stream'].every((jobId) => scheduler.getJobStatus(jobId)?.outcomes.succeeded === 1));
    expect(detections).toBe(0);
  });

  for (const inside of [true, false]) {
    it(`runs async generators, and the teardown of Observables, ${inside ? 'inside' : 'outside'} as well`, async () => {
      const { zone, scheduler } = appWithZone({ runInZone: inside });
      const inZone: boolean[] = [];
      const note = (): void => {
        inZone.push(NgZone.isInAngularZone());
      };
      scheduler.addIntervalJob('generator', 60_000, async function* () {
        note();
        yield 1;
        await Promise.resolve();
        note();
      });
      scheduler.addIntervalJob('endless', 60_000, () => NEVER.pipe(finalize(note)));
      const runBoth = (): void => {
        scheduler.runNow('generator');
        scheduler.runNow('endless');
      };
      if (inside) runBoth();
      else zone.run(runBoth);
      await until('the generator has ended', () => inZone.length === 2);
      scheduler.removeJob('endless');
      expect([inZone[0], inZone.at(-1), inZone.length]).toEqual([inside, inside, 3]);
    });
  }

  it('shows in the view what changes outside the zone, by its signals', async () => {
    appWithZone();
    @Component({ template: '{{ job.executionCount() }}' })
    class Shown {
      readonly job = injectJob('tick', intervalTrigger(10), () => undefined, { maxRuns: 3 });
    }
    const fixture = TestBed.createComponent(Shown);
    fixture.autoDetectChanges();
    await until('the view says so', () => (fixture.nativeElement as HTMLElement).textContent === '3');
    expect((fixture.nativeElement as HTMLElement).textContent).toBe('3');
  });

  it('shows plain fields that a job inside the zone sets', async () => {
    appWithZone();
    @Component({ template: '{{ count }}' })
    class Shown {
      count = 0;
      readonly job = injectJob(
        'tick',
        intervalTrigger(10),
        () => {
          this.count++;
        },
        { maxRuns: 3, runInZone: true },
      );
    }
    const fixture = TestBed.createComponent(Shown);
    fixture.autoDetectChanges();
    await until('the view says so', () => (fixture.nativeElement as HTMLElement).textContent === '3');
    expect((fixture.nativeElement as HTMLElement).textContent).toBe('3');
  });
});

describe('fakeAsync', () => {
  it('advances the time of a provided scheduler', () => {
    inProxyZone(
      fakeAsync(() => {
        appWithZone();
        @Component({ template: '{{ job.executionCount() }} {{ job.lastValue() }}' })
        class Shown {
          readonly job = injectJob('tick', intervalTrigger(1000), () => Promise.resolve('tock'));
        }
        const fixture = TestBed.createComponent(Shown);
        fixture.detectChanges();
        for (let second = 0; second < 3; second++) tick(1000);
        flushMicrotasks();
        fixture.detectChanges();
        expect((fixture.nativeElement as HTMLElement).textContent).toBe('3 tock');
        fixture.destroy(); // with it goes the last job, and the timer: fakeAsync finds nothing left
      }),
    );
  });

  it('is not needed with a VirtualClock, which works under zone.js too', async () => {
    const { clock } = angularHarness({ providers: [provideZoneChangeDetection()] });
    const job = injectJob('tick', intervalTrigger(1000), async () => Promise.resolve('tock'), { injector: TestBed.inject(Injector) });
    TestBed.tick();
    await clock.advanceBy(3000);
    expect(job.executionCount()).toBe(3);
  });
});
