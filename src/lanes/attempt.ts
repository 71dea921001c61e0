import type { Subscriber } from 'rxjs';
import { from, isObservable, Observable } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import { fromAsyncIterable, isAsyncIterable } from '../guards/async-iterable.js';
import { guardTeardown } from '../guards/guard-teardown.js';
import type { Fire } from '../model/fire.js';
import type { JobRun } from '../model/job-run.js';
import type { LogFunction } from '../model/logger.js';
import type { LaneJob } from './lane-job.js';

/** What an attempt reports to. It reports nothing after `attemptEnded`. */
export interface AttemptOwner {
  readonly job: LaneJob;
  readonly log: LogFunction;
  attemptEmitted(value: unknown): void;
  attemptEnded(outcome: 'succeeded' | 'failed', error: unknown): void;
}

/** One call of the job function, and the consumption of its result. It is also the {@link JobRun} that the function gets. */
export class Attempt implements JobRun<unknown> {
  readonly fire: Fire;
  readonly attempt: number;
  readonly #run: AttemptOwner;
  #controller: AbortController | null = null;
  /** True once the attempt has ended or was cancelled. It then reports nothing. */
  #over = false;
  #cancelled = false;
  /** Consumes the Observable that the function returned. */
  #inner: Subscriber<unknown> | null = null;

  constructor(fire: Fire, attempt: number, run: AttemptOwner) {
    this.fire = fire;
    this.attempt = attempt;
    this.#run = run;
  }

  get jobId(): string {
    return this.#run.job.jobId;
  }

  get value(): unknown {
    return this.fire.value;
  }

  /** Created on first access: it takes 3 µs. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls the job function, surrounded by the option `around`. Must be called once. */
  begin(): void {
    const { around } = this.#run.job.policy;
    try {
      this.#consume(around === undefined ? this.#work() : around(this, this.#workOnce()));
    } catch (error) {
      this.#end('failed', error);
    }
  }

  /** Aborts the signal, unsubscribes from the Observable, and ignores all later results. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelled = true;
    this.#controller?.abort();
    this.#inner?.unsubscribe();
  }

  #work(): unknown {
    const { job, args } = this.#run.job;
    return args === undefined ? job(...([this] as never[])) : job(...(args as never[]));
  }

  /** The function `next` that `around` gets. */
  #workOnce(): () => unknown {
    let wasCalled = false;
    return () => {
      if (wasCalled) throw new Error(`${jobName(this.jobId)}: around called next() twice`);
      wasCalled = true;
      return this.#work();
    };
  }

  #consume(result: unknown): void {
    if (result === undefined) {
      this.#end('succeeded', undefined);
    } else if (isAsync(result)) {
      this.#subscribe(isAsyncIterable(result) ? fromAsyncIterable(result) : from(result));
    } else if (isPromiseLike(result)) {
      // Promise.resolve handles a thenable that throws. Both handlers are attached at once: no rejection is unhandled
      Promise.resolve(result).then(
        (value) => {
          this.#succeedWith(value);
        },
        (error: unknown) => {
          this.#end('failed', error);
        },
      );
    } else {
      this.#succeedWith(result);
    }
  }

  #succeedWith(value: unknown): void {
    if (value !== undefined) this.#emit(value);
    this.#end('succeeded', undefined);
  }

  #subscribe(source: Observable<unknown>): void {
    if (this.#over) return; // cancelled while the function ran
    const teardownFailed = (error: unknown): void => {
      const { jobId, fire } = this;
      this.#run.log({ level: 'error', message: `${jobName(jobId)}: the teardown of its Observable failed`, jobId, fire, error });
    };
    new Observable((subscriber) => {
      this.#inner = subscriber; // before the source emits: a synchronous source can then be stopped
      guardTeardown(subscriber, teardownFailed);
      try {
        return source.subscribe(subscriber);
      } catch (error) {
        if (!subscriber.closed) throw error;
        teardownFailed(error); // it ended inside subscribe
        return undefined;
      }
    }).subscribe({
      next: (value) => {
        this.#emit(value);
      },
      error: (error: unknown) => {
        this.#end('failed', error);
      },
      complete: () => {
        this.#end('succeeded', undefined);
      },
    });
  }

  #end(outcome: 'succeeded' | 'failed', error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#run.attemptEnded(outcome, error);
  }

  #emit(value: unknown): void {
    if (!this.#over) this.#run.attemptEmitted(value);
  }
}

function isAsync(result: unknown): result is Observable<unknown> | AsyncIterable<unknown> {
  return isObservable(result) || isAsyncIterable(result);
}

function isPromiseLike(result: unknown): result is PromiseLike<unknown> {
  return (
    (typeof result === 'object' || typeof result === 'function') &&
    result !== null &&
    typeof (result as Partial<PromiseLike<unknown>>).then === 'function'
  );
}
