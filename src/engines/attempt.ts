import { Observable, from, isObservable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import type { Fire } from '../model/fire.js';
import type { EngineJob } from '../model/engine.js';
import type { JobRun } from '../model/job-run.js';
import type { LogFunction } from '../model/logger.js';
import { contain } from '../operators/contain.js';
import { fromAsyncIterable, isAsyncIterable } from './async-iterable.js';

/** Who is told how an attempt goes. After one `attemptEnded` nothing more comes. */
export interface AttemptOwner {
  readonly job: EngineJob;
  readonly log: LogFunction;
  attemptEmitted(value: unknown): void;
  attemptEnded(outcome: 'succeeded' | 'failed', error: unknown): void;
}

/** One call of a job function, and the consumption of what it returns. It is the {@link JobRun} that the function is given. */
export class Attempt implements JobRun<unknown> {
  readonly fire: Fire;
  readonly attempt: number;
  readonly #run: AttemptOwner;
  #controller: AbortController | null = null;
  /** It was called off, or has ended: nothing more is told. */
  #over = false;
  #cancelled = false;
  /** What consumes the Observable that the function returned. */
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

  /** Made when it is first asked for: it costs 3 µs. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls the function. It must not be called again. */
  begin(): void {
    const { job, args } = this.#run.job;
    try {
      this.#consume(args === undefined ? job(...([this] as never[])) : job(...(args as never[])));
    } catch (error) {
      this.#end('failed', error);
    }
  }

  /** Calls it off: the signal is aborted, the Observable unsubscribed, and whatever still comes of it is ignored. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelled = true;
    this.#controller?.abort();
    this.#inner?.unsubscribe();
  }

  #consume(result: unknown): void {
    if (result === undefined) {
      this.#end('succeeded', undefined);
    } else if (isAsync(result)) {
      this.#subscribe(isAsyncIterable(result) ? fromAsyncIterable(result) : from(result));
    } else if (isPromiseLike(result)) {
      // Promise.resolve also takes a thenable that throws; both handlers are always attached, so that no rejection is unhandled
      Promise.resolve(result).then(
        (value) => {
          this.#settle(value);
        },
        (error: unknown) => {
          this.#end('failed', error);
        },
      );
    } else {
      this.#settle(result);
    }
  }

  #settle(value: unknown): void {
    if (value !== undefined) this.#emit(value);
    this.#end('succeeded', undefined);
  }

  #subscribe(source: Observable<unknown>): void {
    if (this.#over) return; // it was called off while the function ran
    const teardownFailed = (error: unknown): void => {
      const { jobId, fire } = this;
      this.#run.log({ level: 'error', message: `${jobName(jobId)}: the teardown of its Observable failed`, jobId, fire, error });
    };
    new Observable((subscriber) => {
      this.#inner = subscriber; // known before the source emits, so that a synchronous one can be stopped
      contain(subscriber, teardownFailed);
      try {
        return source.subscribe(subscriber);
      } catch (error) {
        if (!subscriber.closed) throw error;
        teardownFailed(error); // it ended while it was being subscribed
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
