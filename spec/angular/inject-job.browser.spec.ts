import type { OnDestroy } from '@angular/core';
import {
  ApplicationRef,
  Component,
  computed,
  DestroyRef,
  effect,
  ErrorHandler,
  inject,
  Injectable,
  InjectionToken,
  Injector,
  makeStateKey,
  signal,
  TransferState,
} from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import type { JobRun } from 'extended-scheduler';
import { intervalTrigger, InvalidOptionError, InvalidTriggerError, Scheduler } from 'extended-scheduler';
import type { JobRef } from 'extended-scheduler/angular';
import { injectJob, injectScheduler } from 'extended-scheduler/angular';
import { concat, defer, finalize, NEVER, of, range, Subject, tap, throwError } from 'rxjs';
import { unhandledRejections } from '../support/captured.js';
import { angularHarness } from '../support/test-bed.js';

const NAME = new InjectionToken<string>('a name');

let components = 0;

/** Makes a component whose only content is what `setUp` does in its constructor. */
function componentThat<T>(setUp: () => T): new () => { readonly made: T } {
  @Component({ selector: `made-${String(++components)}`, template: '' })
  class Made {
    readonly made = setUp();
  }
  return Made;
}

describe('injectJob', () => {
  it('starts the job after the first rendering, not before', async () => {
    const { clock } = angularHarness();
    const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => 'tock')));
    const job = fixture.componentInstance.made;
    expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
    expect([job.status(), job.nextRunTime(), job.isPaused(), job.executionCount(), job.lastValue()]).toEqual([
      null,
      null,
      false,
      0,
      undefined,
    ]);
    await fixture.whenStable();
    expect(TestBed.inject(Scheduler).listJobs()).toEqual(['tick']);
    expect([job.status()?.status, job.nextRunTime(), job.executionCount()]).toEqual(['running', 1000, 0]);
    await clock.advanceBy(1000);
    expect([job.nextRunTime(), job.executionCount(), job.lastValue()]).toEqual([2000, 1, 'tock']);
  });

  it('updates the view without a manual mark', async () => {
    const { clock } = angularHarness();
    @Component({ template: '{{ job.executionCount() }} {{ job.lastValue() }} {{ job.isPaused() }}' })
    class Shown {
      readonly job = injectJob('tick', intervalTrigger(1000), ({ fire }) => fire.scheduledAt);
    }
    const fixture = TestBed.createComponent(Shown);
    await fixture.whenStable();
    await clock.advanceBy(3000);
    fixture.componentInstance.job.pause();
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).textContent).toBe('3 3000 true');
  });

  it('pauses, resumes and runs the job at once', async () => {
    const { clock } = angularHarness();
    const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => undefined)));
    const job = fixture.componentInstance.made;
    expect([job.pause(), job.resume(), job.runNow()]).toEqual([false, false, false]);
    await fixture.whenStable();
    expect([job.pause(), job.pause(), job.isPaused()]).toEqual([true, false, true]);
    await clock.advanceBy(5000);
    expect(job.runNow()).toBe(true);
    expect(job.executionCount()).toBe(1);
    expect([job.resume(), job.isPaused()]).toEqual([true, false]);
    await clock.advanceBy(1000);
    expect(job.executionCount()).toBe(2);
  });

  it('accepts another trigger, and keeps its counts', async () => {
    const { clock } = angularHarness();
    const job = injectJob('tick', intervalTrigger(1000), () => undefined, { injector: TestBed.inject(Injector) });
    expect(job.reschedule(intervalTrigger(10))).toBe(false);
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(job.reschedule(intervalTrigger(100))).toBe(true);
    expect(job.nextRunTime()).toBe(1100);
    await clock.advanceBy(1000);
    expect(job.executionCount()).toBe(11);
  });

  it('removes the job with the component, and cancels its run', async () => {
    const { clock } = angularHarness();
    let signal: AbortSignal | undefined;
    const fixture = TestBed.createComponent(
      componentThat(() =>
        injectJob('tick', intervalTrigger(1000), (run) => {
          signal = run.signal;
          return new Promise(() => undefined);
        }),
      ),
    );
    await fixture.whenStable();
    await clock.advanceBy(1000);
    expect(signal?.aborted).toBe(false);
    fixture.destroy();
    expect(signal?.aborted).toBe(true);
    expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
    expect(fixture.componentInstance.made.status()).toBeNull();
    expect(fixture.componentInstance.made.runNow()).toBe(false);
    expect(clock.pending).toEqual([]);
  });

  it('never starts a job whose component was gone before its first rendering', async () => {
    angularHarness();
    const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => undefined)));
    fixture.destroy();
    TestBed.tick();
    await TestBed.inject(ApplicationRef).whenStable();
    expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
  });

  it('lives as long as the app in a service', async () => {
    const { clock } = angularHarness();
    @Injectable({ providedIn: 'root' })
    class Sync {
      readonly calls: string[] = [];
      readonly job = injectJob('sync', intervalTrigger(1000), () => {
        this.sync();
      });
      sync(): void {
        this.calls.push('synced');
      }
    }
    const service = TestBed.inject(Sync);
    TestBed.tick();
    await clock.advanceBy(2000);
    expect(service.calls).toEqual(['synced', 'synced']);
    const scheduler = TestBed.inject(Scheduler);
    TestBed.resetTestingModule();
    expect(scheduler.listJobs()).toEqual([]);
    expect(clock.pending).toEqual([]);
  });

  it('reports an id in use to the ErrorHandler, and does not touch the other job', async () => {
    const { errors } = angularHarness();
    const First = componentThat(() => injectJob('tick', intervalTrigger(1000), () => undefined));
    const first = TestBed.createComponent(First);
    await first.whenStable();
    const second = TestBed.createComponent(First);
    await second.whenStable();
    expect(errors.map(String)).toEqual(['InvalidOptionError: injectJob(jobId): expected an id that is not in use, got "tick"']);
    expect(second.componentInstance.made.status()).toBeNull();
    expect(second.componentInstance.made.pause()).toBe(false);
    second.destroy();
    expect(TestBed.inject(Scheduler).listJobs()).toEqual(['tick']);
  });

  it('does not touch a job that other code added with its id', async () => {
    angularHarness();
    const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => undefined)));
    await fixture.whenStable();
    const scheduler = TestBed.inject(Scheduler);
    scheduler.removeJob('tick');
    scheduler.addIntervalJob('tick', 500, () => undefined);
    expect(fixture.componentInstance.made.status()).toBeNull();
    expect(fixture.componentInstance.made.pause()).toBe(false);
    fixture.destroy();
    expect(scheduler.listJobs()).toEqual(['tick']);
  });

  it('rejects wrong arguments at the call', () => {
    angularHarness();
    const made = (...args: unknown[]): unknown =>
      TestBed.runInInjectionContext(() => (injectJob as (...args: unknown[]) => unknown)(...args));
    const trigger = intervalTrigger(1000);
    const job = (): undefined => undefined;
    expect(() => made('', trigger, job)).toThrowError(InvalidOptionError, /injectJob\(jobId\)/);
    expect(() => made('a', 5, job)).toThrowError(InvalidTriggerError);
    expect(() => made('a', trigger, 'job')).toThrowError(InvalidOptionError, /injectJob\(job\)/);
    expect(() => made('a', trigger, job, { maxRun: 1 })).toThrowError(
      InvalidOptionError,
      /injectJob\(options\): expected one of .*maxRuns.*onServer.*"maxRun"/,
    );
    expect(() => made('a', trigger, job, null)).toThrowError(InvalidOptionError, 'injectJob(options): expected an object, got null');
    expect(() => made('a', trigger, job, { onServer: 'always' })).toThrowError(
      InvalidOptionError,
      /injectJob\(options.onServer\): expected 'skip' or 'run'/,
    );
    expect(() => made('a', trigger, job, { runInZone: 1 })).toThrowError(InvalidOptionError, /injectJob\(options.runInZone\)/);
    expect(() => made('a', trigger, job, { injector: {} })).toThrowError(
      InvalidOptionError,
      'injectJob(options.injector): expected an Injector, got an object {}',
    );
    expect(() => injectJob('a', trigger, job)).toThrowError(/injection context/);
  });

  it('accepts an injector instead of the context', async () => {
    const { clock } = angularHarness();
    const job = injectJob('tick', intervalTrigger(1000), (name: string) => `${name}!`, {
      injector: TestBed.inject(Injector),
      args: ['tock'],
    });
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(job.lastValue()?.toUpperCase()).toBe('TOCK!');
  });

  it('lets the function inject', async () => {
    const { clock } = angularHarness({ providers: [{ provide: NAME, useValue: 'by injection' }] });
    const job = injectJob('tick', intervalTrigger(1000), () => inject(NAME), { injector: TestBed.inject(Injector) });
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(job.lastValue()).toBe('by injection');
  });

  it('passes the values of a plain Observable to the run, from the first one on', () => {
    angularHarness();
    const source = of(1, 2);
    const job = TestBed.runInInjectionContext(() =>
      injectJob('sum', source, (run: JobRun<number>) => run.value * 10, { overlap: 'allow' }),
    );
    TestBed.tick();
    expect(job.lastValue()).toBe(20);
    expect(job.status()?.status).toBe('completed');
  });

  it('infers what the runs give', () => {
    angularHarness();
    TestBed.runInInjectionContext(() => {
      const trigger = intervalTrigger(1000);
      const text: JobRef<string> = injectJob('a', trigger, () => Promise.resolve('text'));
      const number: JobRef<number> = injectJob('b', trigger, () => of(1, 2));
      // @ts-expect-error: it gives strings
      const wrong: JobRef<number> = injectJob('c', trigger, () => 'text');
      const value: string | undefined = text.lastValue();
      expect([value, number.lastValue(), wrong.lastValue()]).toEqual([undefined, undefined, undefined]);
    });
  });

  it('reads signals and streams of a failing job like any other', async () => {
    const { clock } = angularHarness();
    const job = TestBed.runInInjectionContext(() =>
      injectJob('broken', intervalTrigger(1000), () => throwError(() => new Error('broken'))),
    );
    TestBed.tick();
    await clock.advanceBy(2000);
    expect(job.executionCount()).toBe(2);
    expect(String(job.status()?.lastRun?.error)).toBe('Error: broken');
  });

  it('runs an async generator in the context, from step to step', async () => {
    const { clock } = angularHarness({ providers: [{ provide: NAME, useValue: 'by injection' }] });
    const job = injectJob(
      'tick',
      intervalTrigger(1000),
      async function* () {
        yield await Promise.resolve('first');
        yield inject(NAME);
      },
      { injector: TestBed.inject(Injector), maxRuns: 1 },
    );
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(job.status()?.outcomes.succeeded).toBe(1);
    expect(job.lastValue()).toBe('by injection');
  });

  it('subscribes what the function returns in the context too, and ends it with the run', async () => {
    const { clock } = angularHarness({ providers: [{ provide: NAME, useValue: 'by injection' }] });
    let ended = 0;
    const job = injectJob('tick', intervalTrigger(1000), () => defer(() => concat(of(inject(NAME)), NEVER)).pipe(finalize(() => ended++)), {
      injector: TestBed.inject(Injector),
    });
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(job.lastValue()).toBe('by injection');
    job.destroy();
    expect(ended).toBe(1);
  });

  it('stops a synchronous Observable that is cancelled while it emits', async () => {
    const { clock } = angularHarness();
    let emitted = 0;
    const job: JobRef<number> = injectJob(
      'endless',
      intervalTrigger(1000),
      () =>
        range(0, 1_000_000).pipe(
          tap(() => {
            if (++emitted === 3) job.destroy();
          }),
        ),
      { injector: TestBed.inject(Injector) },
    );
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(emitted).toBe(3);
  });

  it('can be removed manually, before and after its start', async () => {
    angularHarness();
    const scheduler = TestBed.inject(Scheduler);
    const make = (): JobRef<void> => injectJob('tick', intervalTrigger(1000), () => undefined, { injector: TestBed.inject(Injector) });
    make().destroy();
    TestBed.tick();
    expect(scheduler.listJobs()).toEqual([]);
    const job = make();
    TestBed.tick();
    expect(scheduler.listJobs()).toEqual(['tick']);
    job.destroy();
    expect(scheduler.listJobs()).toEqual([]);
    expect([job.status(), job.resume()]).toEqual([null, false]);
    await TestBed.inject(ApplicationRef).whenStable();
  });

  it('leaves nothing with its context when the job is gone', () => {
    angularHarness();
    const context = TestBed.inject(DestroyRef);
    let waiting = 0;
    const onDestroy = context.onDestroy.bind(context);
    context.onDestroy = (callback): (() => void) => {
      waiting++;
      const forget = onDestroy(callback);
      return () => {
        waiting--;
        forget();
      };
    };
    const job = injectJob('tick', intervalTrigger(1000), () => undefined, { injector: TestBed.inject(Injector) });
    TestBed.tick();
    expect(waiting).toBeGreaterThan(0);
    const before = waiting;
    const taken = injectJob('tick', intervalTrigger(1000), () => undefined, { injector: TestBed.inject(Injector) });
    TestBed.tick();
    expect(taken.status()).toBeNull();
    expect(waiting).toBe(before);
    job.destroy();
    expect(waiting).toBe(before - 1);
  });

  it('never takes another job for its own, whatever listeners do', () => {
    angularHarness();
    const scheduler = TestBed.inject(Scheduler);
    const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => undefined)));
    TestBed.tick();
    scheduler.events$.subscribe((event) => {
      if (event.type !== 'paused') return;
      scheduler.removeJob('tick');
      scheduler.addIntervalJob('tick', 5, () => undefined);
      fixture.destroy();
    });
    scheduler.pauseJob('tick');
    expect(scheduler.listJobs()).toEqual(['tick']);
  });

  it('still runs in the last moment of a service', async () => {
    const { clock } = angularHarness();
    const saved: string[] = [];
    @Injectable({ providedIn: 'root' })
    class Draft implements OnDestroy {
      readonly job = injectJob('save', intervalTrigger(60_000), () => saved.push('saved'));
      ngOnDestroy(): void {
        this.job.runNow();
      }
    }
    TestBed.inject(Draft);
    TestBed.tick();
    await clock.advanceBy(1000);
    TestBed.resetTestingModule();
    expect(saved).toEqual(['saved']);
  });

  describe('called in a reactive context', () => {
    it('follows in an effect the signals of its id and trigger', async () => {
      const { clock } = angularHarness();
      const scheduler = TestBed.inject(Scheduler);
      const injector = TestBed.inject(Injector);
      const name = signal('a');
      const period = signal(1000);
      const runs: string[] = [];
      const ticker = effect(
        (onCleanup) => {
          const job = injectJob(name(), intervalTrigger(period()), ({ jobId }) => runs.push(jobId), { injector });
          onCleanup(() => {
            job.destroy();
          });
        },
        { injector },
      );
      TestBed.tick();
      await clock.advanceBy(2000);
      name.set('b');
      period.set(500);
      TestBed.tick();
      expect(scheduler.listJobs()).toEqual(['b']);
      await clock.advanceBy(1000);
      expect(runs).toEqual(['a', 'a', 'b', 'b']);
      ticker.destroy();
      expect(scheduler.listJobs()).toEqual([]);
    });

    it('does not track what the job, a trigger or a listener reads', () => {
      angularHarness();
      const scheduler = TestBed.inject(Scheduler);
      const read = signal(0);
      const job = injectJob('tick', intervalTrigger(60_000), () => defer(() => of(read())), { injector: TestBed.inject(Injector) });
      TestBed.tick();
      scheduler.events$.subscribe(() => read());
      let effects = 0;
      TestBed.runInInjectionContext(() => {
        effect(() => {
          effects++;
          job.runNow();
          job.pause();
          job.resume();
          scheduler.addJob(
            'other',
            defer(() => of(read())),
            () => read(),
          );
        });
      });
      TestBed.tick();
      read.set(1);
      TestBed.tick();
      expect(effects).toBe(1);
      expect(job.executionCount()).toBe(1);
    });

    it('shows what a fire in a computed did', () => {
      angularHarness();
      const source = new Subject<number>();
      const job = injectJob('sum', source, ({ value }) => value, { injector: TestBed.inject(Injector) });
      TestBed.tick();
      const fires = computed(() => {
        source.next(5);
        return 1;
      });
      expect([fires(), job.executionCount(), job.lastValue()]).toEqual([1, 1, 5]);
    });
  });

  describe('on a server', () => {
    it('adds nothing', async () => {
      const { clock } = angularHarness({ server: true });
      const fixture = TestBed.createComponent(componentThat(() => injectJob('tick', intervalTrigger(1000), () => 'tock')));
      await fixture.whenStable();
      await clock.advanceBy(10_000);
      expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
      expect(fixture.componentInstance.made.status()).toBeNull();
    });

    it("with onServer 'run' delays the page for one run, and has no status", async () => {
      const { clock } = angularHarness({ server: true });
      const answer = new Subject<string>();
      const fixture = TestBed.createComponent(
        componentThat(() => injectJob('prices', intervalTrigger(1000, { immediate: true }), () => answer, { onServer: 'run' })),
      );
      const job = fixture.componentInstance.made;
      let stable = false;
      const whenStable = TestBed.inject(ApplicationRef)
        .whenStable()
        .then(() => (stable = true));
      await clock.advanceBy(10_000);
      expect(stable).toBe(false);
      expect(job.status()).toBeNull();
      answer.next('100');
      answer.complete();
      await whenStable;
      expect(job.lastValue()).toBe('100');
      expect(job.status()).toBeNull();
      expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
      expect(TestBed.inject(TransferState).toJson()).toBe('{"extended-scheduler:prices":"100"}');
      expect(clock.pending).toEqual([]);
    });

    it("with onServer 'run' retries and times out, and a failed run does not delay the page", async () => {
      const { clock } = angularHarness({ server: true });
      let attempts = 0;
      TestBed.runInInjectionContext(() =>
        injectJob(
          'prices',
          intervalTrigger(1000),
          () => {
            attempts++;
            return new Promise(() => undefined);
          },
          { onServer: 'run', timeout: 100, retry: { count: 2, delayMs: 50 }, when: of(false) },
        ),
      );
      const whenStable = TestBed.inject(ApplicationRef).whenStable();
      await clock.advanceBy(400);
      await whenStable;
      expect(attempts).toBe(3);
      expect(TestBed.inject(TransferState).toJson()).toBe('{}');
    });

    it("with onServer 'run' starts after fields and inputs are set", async () => {
      angularHarness({ server: true });
      @Component({ template: '{{ job.lastValue() }}', inputs: ['name'] })
      class Greeting {
        name = '';
        readonly job = injectJob('greet', intervalTrigger(1000), () => `${this.greeting} ${this.name}`, { onServer: 'run' });
        readonly greeting = 'Hello';
      }
      const fixture = TestBed.createComponent(Greeting);
      fixture.componentRef.setInput('name', 'Ada');
      await fixture.whenStable();
      expect((fixture.nativeElement as HTMLElement).textContent).toBe('Hello Ada');
    });

    it("with onServer 'run' reports an id in use to the ErrorHandler, and the page continues", async () => {
      const { errors } = angularHarness({ server: true });
      const scheduler = TestBed.inject(Scheduler);
      scheduler.addIntervalJob('prices', 1000, () => undefined);
      injectJob('prices', intervalTrigger(1000), () => 1, { onServer: 'run', injector: TestBed.inject(Injector) });
      await TestBed.inject(ApplicationRef).whenStable();
      expect(errors.map(String)).toEqual(['InvalidOptionError: injectJob(jobId): expected an id that is not in use, got "prices"']);
      expect(scheduler.listJobs()).toEqual(['prices']);
    });

    it("with onServer 'run' survives an ErrorHandler that throws", async () => {
      const failing = {
        handleError: (): void => {
          throw new Error('the handler');
        },
      };
      angularHarness({ server: true, providers: [{ provide: ErrorHandler, useValue: failing }] });
      const rejected = await unhandledRejections(async () => {
        TestBed.inject(Scheduler).addIntervalJob('p', 1000, () => undefined);
        injectJob('p', intervalTrigger(1000), () => 1, { onServer: 'run', injector: TestBed.inject(Injector) });
        await TestBed.inject(ApplicationRef).whenStable();
      });
      expect(rejected).toEqual([]);
    });

    it("with onServer 'run' ends with its component", async () => {
      angularHarness({ server: true });
      const make = (): ComponentFixture<unknown> =>
        TestBed.createComponent(componentThat(() => injectJob('p', intervalTrigger(1000), () => NEVER, { onServer: 'run' })));
      make().destroy(); // before it has begun
      const fixture = make();
      await Promise.resolve();
      await Promise.resolve();
      expect(TestBed.inject(Scheduler).listJobs()).toEqual(['p']);
      fixture.destroy();
      await TestBed.inject(ApplicationRef).whenStable();
      expect(TestBed.inject(Scheduler).listJobs()).toEqual([]);
    });

    it("with onServer 'run' neither shows nor transfers a value of a failed run", async () => {
      angularHarness({ server: true });
      const job = injectJob(
        'p',
        intervalTrigger(1000),
        () =>
          concat(
            of(1),
            throwError(() => new Error('broken')),
          ),
        {
          onServer: 'run',
          injector: TestBed.inject(Injector),
        },
      );
      await TestBed.inject(ApplicationRef).whenStable();
      expect(job.lastValue()).toBeUndefined();
      expect(TestBed.inject(TransferState).toJson()).toBe('{}');
    });

    it("with onServer 'run' drops a value that is not JSON, which would fail the page", async () => {
      angularHarness({ server: true });
      const job = TestBed.runInInjectionContext(() => injectJob('big', intervalTrigger(1000), () => 1n, { onServer: 'run' }));
      await TestBed.inject(ApplicationRef).whenStable();
      expect(job.lastValue()).toBeUndefined();
      expect(TestBed.inject(TransferState).toJson()).toBe('{}');
    });
  });

  it('starts on the client with the value of the server, once', () => {
    angularHarness();
    TestBed.inject(TransferState).set(makeStateKey<string>('extended-scheduler:prices'), '100');
    const make = (): JobRef<string> =>
      injectJob('prices', intervalTrigger(1000), () => '101', { onServer: 'run', injector: TestBed.inject(Injector) });
    expect(make().lastValue()).toBe('100');
    expect(make().lastValue()).toBeUndefined();
  });

  it('finds the scheduler that injectScheduler finds', () => {
    angularHarness();
    const scheduler = TestBed.runInInjectionContext(injectScheduler);
    TestBed.runInInjectionContext(() => injectJob('tick', intervalTrigger(1000), () => undefined));
    TestBed.tick();
    expect(scheduler.listJobs()).toEqual(['tick']);
  });
});
