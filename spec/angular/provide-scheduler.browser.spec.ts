import {
  createEnvironmentInjector,
  effect,
  EnvironmentInjector,
  ErrorHandler,
  inject,
  InjectionToken,
  Injector,
  PLATFORM_ID,
  runInInjectionContext,
  signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Logger } from 'extended-scheduler';
import { intervalTrigger, InvalidOptionError, JobRegistry, Scheduler, SchedulerClosedError } from 'extended-scheduler';
import type { ProvideSchedulerOptions, SchedulerFeature } from 'extended-scheduler/angular';
import { injectScheduler, provideScheduler, withClock, withDefaults, withErrorHandler, withLogger } from 'extended-scheduler/angular';
import { VirtualClock } from 'extended-scheduler/testing';
import { map, Observable, of, range, Subject } from 'rxjs';
import { CapturedLog, unhandledRejections } from '../support/captured.js';
import { CapturedErrors } from '../support/test-bed.js';

const LINES = new InjectionToken<CapturedLog>('the log of the app');

/** A scheduler that an injector of its own provides, on a virtual clock. */
function provided(
  options: ProvideSchedulerOptions = {},
  ...features: SchedulerFeature[]
): { scheduler: Scheduler; clock: VirtualClock; destroy: () => void } {
  const clock = new VirtualClock(0);
  const injector = createEnvironmentInjector(
    [provideScheduler({ logger: false, ...options }, withClock(clock), ...features)],
    TestBed.inject(EnvironmentInjector),
  );
  const destroy = (): void => {
    injector.destroy();
  };
  return { scheduler: injector.get(Scheduler), clock, destroy };
}

describe('provideScheduler', () => {
  it('creates a scheduler for each injector', () => {
    TestBed.configureTestingModule({ providers: [provideScheduler()] });
    const outer = TestBed.inject(EnvironmentInjector);
    const inner = createEnvironmentInjector([provideScheduler()], outer);
    const below = createEnvironmentInjector([], inner);
    expect(outer.get(Scheduler)).toBe(outer.get(Scheduler));
    expect(inner.get(Scheduler)).not.toBe(outer.get(Scheduler));
    expect(runInInjectionContext(below, injectScheduler)).toBe(inner.get(Scheduler));
    expect(outer.get(Scheduler)).toBeInstanceOf(JobRegistry);
  });

  it('shuts it down with its injector', () => {
    const { scheduler, clock, destroy } = provided();
    let completed = false;
    scheduler.events$.subscribe({ complete: () => (completed = true) });
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    destroy();
    expect(completed).toBe(true);
    expect(clock.pending).toEqual([]);
    expect(() => scheduler.addIntervalJob('tick', 1000, () => undefined)).toThrowError(SchedulerClosedError);
  });

  it('accepts the options of a scheduler, and features that take precedence', async () => {
    const log = new CapturedLog();
    TestBed.configureTestingModule({ providers: [{ provide: LINES, useValue: log }] });
    const { scheduler, clock } = provided(
      { logger: false, defaults: { maxRuns: 5, onError: 'pause' } },
      withDefaults({ maxRuns: 3 }),
      withDefaults(() => ({ removeOnComplete: true })),
      withLogger(() => inject(LINES)),
    );
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    await clock.advanceBy(2000);
    expect(scheduler.listJobs()).toEqual(['tick']);
    await clock.advanceBy(1000);
    expect(scheduler.listJobs()).toEqual([]);
    expect(log.lines).toContain('info job "tick": completed');
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')));
    await clock.advanceBy(1000);
    expect(scheduler.getJobStatus('broken')?.status).toBe('paused');
  });

  it('treats undefined as a missing option', async () => {
    const { scheduler, clock } = provided({ defaults: { maxRuns: 2 }, keepAlive: undefined }, withDefaults({ maxRuns: undefined }));
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    await clock.advanceBy(5000);
    expect(scheduler.getJobStatus('tick')?.executionCount).toBe(2);
  });

  it('finds a clock by injection', () => {
    const clock = new VirtualClock(77);
    const { scheduler } = provided(
      {},
      withClock(() => clock),
    );
    expect(scheduler.clock.now()).toBe(77);
  });

  it('rejects wrong arguments, and names the place', () => {
    expect(() => provideScheduler({ loger: console } as never)).toThrowError(
      InvalidOptionError,
      /provideScheduler\(options\): expected one of .*logger.*, got "loger"/,
    );
    expect(() => provideScheduler({ runInZone: 'yes' as never })).toThrowError(InvalidOptionError, /provideScheduler\(options.runInZone\)/);
    expect(() => provideScheduler(withErrorHandler() as never)).toThrowError(
      InvalidOptionError,
      'provideScheduler(options): expected an object, got a function',
    );
    expect(() => provideScheduler({}, { defaults: {} } as never)).toThrowError(InvalidOptionError, /provideScheduler\(...features\)/);
    expect(() => provideScheduler({}, undefined as never)).toThrowError(InvalidOptionError, /provideScheduler\(...features\)/);
    expect(() => provideScheduler({ clock: null as never })).toThrowError(InvalidOptionError, /provideScheduler\(options.clock\)/);
    expect(() => provided({}, withClock(null as never))).toThrowError(InvalidOptionError, /withClock\(clock\)/);
    expect(() => provided({}, withLogger('console' as never))).toThrowError(InvalidOptionError, /withLogger\(logger\)/);
    expect(() => provided({}, withDefaults({ maxRun: 1 } as never))).toThrowError(InvalidOptionError, /withDefaults\(defaults\)/);
    expect(() => provided({}, withDefaults(5 as never))).toThrowError(InvalidOptionError, /withDefaults\(defaults\)/);
  });

  it('says what to do if none is provided', () => {
    expect(() => TestBed.runInInjectionContext(injectScheduler)).toThrowError(/No Scheduler is provided: add provideScheduler\(\)/);
    expect(() => injectScheduler()).toThrowError(/injection context/);
  });

  it('on a server adds every job paused, and sets no timer', async () => {
    TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    const { scheduler, clock } = provided();
    let runs = 0;
    scheduler.addIntervalJob('tick', { seconds: 1 }, () => runs++, { immediate: true });
    scheduler.addOneTimeJob('once', 0, () => runs++);
    scheduler.addJob('args', intervalTrigger(1000), (by: number) => (runs += by), { args: [1] });
    expect(clock.pending).toEqual([]);
    await clock.advanceBy(10_000);
    expect(runs).toBe(0);
    expect(Object.values(scheduler.getAllStatuses()).map(({ status }) => status)).toEqual(['paused', 'paused', 'paused']);
    let subscribed = 0;
    const source = new Observable<number>(() => {
      subscribed++;
    });
    const gate = source.pipe(map(() => true));
    scheduler.addJob('stream', source, () => runs++, { when: gate });
    scheduler.reschedule('stream', source);
    provided({ defaults: { when: gate } }).scheduler.addIntervalJob('gated', 1000, () => runs++);
    expect(subscribed).toBe(0);
    expect([scheduler.resumeJob('tick'), scheduler.resumeAll()]).toEqual([false, 0]);
    await clock.advanceBy(10_000);
    expect(runs).toBe(0);
    expect(scheduler.runNow('tick')).toBe(true);
    expect(runs).toBe(1);
  });
});

describe('a provided scheduler', () => {
  it('reports a teardown that fails like any scheduler, once', async () => {
    const log = new CapturedLog();
    const { scheduler, clock } = provided({ logger: log });
    const teardown = (): void => {
      throw new Error('teardown');
    };
    scheduler.addIntervalJob('cancelled', 1000, () => new Observable(() => teardown));
    scheduler.addIntervalJob(
      'completed',
      1000,
      () =>
        new Observable((subscriber) => {
          clock.setTimer(1010, () => {
            subscriber.complete();
          });
          return teardown;
        }),
      { maxRuns: 1 },
    );
    await clock.advanceBy(1500);
    scheduler.removeJob('cancelled');
    const lines = log.lines.filter((line) => line.startsWith('error')).map((line) => line.slice(0, line.indexOf(' failed')));
    expect(lines.sort()).toEqual(['cancelled', 'completed'].map((jobId) => `error job "${jobId}": the teardown of its Observable`));
    expect(scheduler.getJobStatus('completed')?.outcomes.succeeded).toBe(1);
  });

  it('accepts values like any scheduler', async () => {
    const iterated = {
      async *[Symbol.asyncIterator](): AsyncGenerator<string> {
        yield await Promise.resolve('iterated');
      },
    };
    const results: (() => unknown)[] = [
      () => ({ a: 1, [Symbol.asyncIterator]: undefined }),
      () => Object.assign(of('observable'), iterated),
      () => range(0, 3),
      () => [1, 2],
    ];
    const valuesOf = async (scheduler: Scheduler, clock: VirtualClock): Promise<unknown[]> => {
      const values: unknown[] = [];
      results.forEach((job, index) => {
        scheduler.values$(String(index)).subscribe((value) => values.push(value));
        scheduler.addIntervalJob(String(index), 1000, job, { maxRuns: 1 });
      });
      await clock.advanceBy(1000);
      return values;
    };
    const { scheduler, clock } = provided();
    const plainClock = new VirtualClock(0);
    const plain = await valuesOf(new Scheduler({ clock: plainClock, logger: false }), plainClock);
    expect(await valuesOf(scheduler, clock)).toEqual(plain);
    expect(plain).toContain('iterated');
  });

  it('is in no reactive context where a trigger emits in one', () => {
    const { scheduler } = provided();
    const source = new Subject<number>();
    const read = signal(0);
    scheduler.addJob('sum', source, () => undefined);
    scheduler.events$.subscribe(() => read());
    let effects = 0;
    TestBed.runInInjectionContext(() => {
      effect(() => {
        effects++;
        source.next(1);
      });
    });
    TestBed.tick();
    read.set(1);
    TestBed.tick();
    expect(effects).toBe(1);
    expect(scheduler.getJobStatus('sum')?.executionCount).toBe(1);
  });
});

describe('withErrorHandler', () => {
  let captured: CapturedErrors;

  beforeEach(() => {
    captured = new CapturedErrors();
    TestBed.configureTestingModule({ providers: [{ provide: ErrorHandler, useValue: captured }] });
  });

  it('passes failures to the ErrorHandler unchanged, and also logs them', async () => {
    const log = new CapturedLog();
    const { scheduler, clock } = provided({ logger: log }, withErrorHandler());
    const broken = new Error('broken');
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(broken), { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(captured.errors).toEqual([broken]);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual(['error job "broken": run of fire 0 failed: Error: broken']);
  });

  it('passes failures on while the injector is destroyed', async () => {
    const { scheduler, destroy } = provided({}, withErrorHandler());
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    scheduler.events$.subscribe(() => {
      throw new Error('at the end');
    });
    await Promise.resolve();
    destroy();
    expect(captured.errors.map(String)).toEqual(['Error: at the end']);
  });

  it('passes errors of listeners and gates on', () => {
    const { scheduler } = provided({}, withErrorHandler());
    const failure = new Error('a listener');
    scheduler.status$('tick').subscribe(() => {
      throw failure;
    });
    expect(captured.errors).toEqual([failure]);
  });

  it('passes failures on although the logger throws, and handles rejections', async () => {
    const rejecting = (error: unknown): unknown => {
      captured.errors.push(error);
      return Promise.reject(new Error('the handler'));
    };
    captured.handleError = rejecting;
    const reject: () => unknown = () => Promise.reject(new Error('the log'));
    const { scheduler, clock } = provided({ logger: { debug: reject, info: reject, warn: reject, error: reject } }, withErrorHandler());
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')), { maxRuns: 1 });
    const rejected = await unhandledRejections(() => clock.advanceBy(1000));
    expect(captured.errors.map(String)).toEqual(['Error: broken']);
    expect(rejected).toEqual([]);
  });

  it('passes an error on even if a job rejects without a reason', async () => {
    const { scheduler, clock } = provided({}, withErrorHandler());
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(), { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(captured.errors.map(String)).toEqual(['Error: job "broken": run of fire 0 failed']);
  });

  it('does not call a handler recursively that runs a failing job', async () => {
    const { scheduler, clock } = provided({}, withErrorHandler());
    captured.handleError = (error): void => {
      captured.errors.push(error);
      scheduler.runNow('report');
    };
    const failing = (): never => {
      throw new Error('broken');
    };
    scheduler.addIntervalJob('report', 1000, failing, { overlap: 'allow' });
    await clock.advanceBy(1000);
    expect(captured.errors.length).toBe(1);
    expect(scheduler.getJobStatus('report')?.outcomes.failed).toBe(2);
  });

  it('survives a handler that throws, and continues with the other jobs', async () => {
    captured.handleError = () => {
      throw new Error('the handler');
    };
    const { scheduler, clock } = provided({}, withErrorHandler());
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')));
    scheduler.addIntervalJob('other', 1000, () => undefined);
    await clock.advanceBy(3000);
    expect(scheduler.getJobStatus('broken')?.outcomes.failed).toBe(3);
    expect(scheduler.getJobStatus('other')?.outcomes.succeeded).toBe(3);
  });

  it('supports a handler that injects the scheduler', async () => {
    const clock = new VirtualClock(0);
    TestBed.configureTestingModule({
      providers: [
        provideScheduler({ logger: false }, withClock(clock), withErrorHandler()),
        {
          provide: ErrorHandler,
          useFactory: () => {
            const scheduler = injectScheduler();
            return { handleError: () => captured.errors.push(scheduler.listJobs()) };
          },
        },
      ],
    });
    const scheduler = TestBed.inject(Injector).get(Scheduler);
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')), { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(captured.errors).toEqual([['broken']]);
  });

  it('writes the default log to the console, and no more of it than without', async () => {
    const error = spyOn(console, 'error');
    const debug = spyOn(console, 'debug');
    const { scheduler, clock } = provided({ logger: undefined }, withErrorHandler());
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')), { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(error).toHaveBeenCalledTimes(1);
    expect(debug).not.toHaveBeenCalled();
  });

  it('leaves a logger that is a class with private fields working', async () => {
    class AppLog implements Logger {
      readonly #lines: string[] = [];
      get lines(): readonly string[] {
        return this.#lines;
      }
      debug(): void {
        this.#lines.push('debug');
      }
      info(): void {
        this.#lines.push('info');
      }
      warn(): void {
        this.#lines.push('warn');
      }
      error(): void {
        this.#lines.push('error');
      }
    }
    const log = new AppLog();
    const { scheduler, clock } = provided({ logger: log }, withErrorHandler());
    scheduler.addIntervalJob('broken', 1000, () => Promise.reject(new Error('broken')), { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(log.lines).toContain('error');
    expect(log.lines).toContain('debug');
  });
});
