import type { JobRun, Overlap } from 'extended-scheduler';
import { concat, from, NEVER, Observable, of, range, throwError } from 'rxjs';
import type { Harness } from '../support/scheduler-harness.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

/** A job of 25 ms on an interval of 10 ms, five fires. */
async function slowJob(overlap: Overlap): Promise<Harness> {
  const all = harness();
  const { scheduler, clock } = all;
  scheduler.addTimestampJob('slow', [0, 10, 20, 30, 40], () => new Promise<void>((resolve) => clock.setTimer(clock.now() + 25, resolve)), {
    overlap,
    concurrency: 2,
    queueLimit: 2,
  });
  await clock.advanceBy(300);
  return all;
}

/** The log without what was armed. */
const plain = (text: string): string => text.replace(/ armed@\d+/g, '');

describe('overlap', () => {
  it("'skip' skips fires while a run is active, and warns once", async () => {
    const { log, lines } = await slowJob('skip');
    expect(plain(log.text())).toBe(
      'added fired#0 started#0 fired#1 skipped#1(overlap) fired#2 skipped#2(overlap) succeeded#0 fired#3 started#3 fired#4 skipped#4(overlap) succeeded#3 completed',
    );
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual([
      "warn job \"slow\": a fire was skipped because a run was still active (overlap 'skip'); logged once a job, see outcomes.overlap in its status. With misfire 'all', overlap 'queue' runs the replayed fires.",
    ]);
  });

  it("'queue' queues them, up to queueLimit", async () => {
    const { log } = await slowJob('queue');
    expect(plain(log.text())).toBe(
      'added fired#0 started#0 fired#1 fired#2 succeeded#0 started#1 fired#3 fired#4 skipped#4(limit) succeeded#1 started#2 succeeded#2 started#3 succeeded#3 completed',
    );
  });

  it("'latest' keeps the newest", async () => {
    const { log } = await slowJob('latest');
    expect(plain(log.text())).toBe(
      'added fired#0 started#0 fired#1 fired#2 skipped#1(superseded) succeeded#0 started#2 fired#3 fired#4 skipped#3(superseded) succeeded#2 started#4 succeeded#4 completed',
    );
  });

  it("'replace' cancels the active run before the next one starts", async () => {
    const { log } = await slowJob('replace');
    expect(plain(log.text())).toBe(
      'added fired#0 started#0 fired#1 cancelled#0 started#1 fired#2 cancelled#1 started#2 fired#3 cancelled#2 started#3 fired#4 cancelled#3 started#4 succeeded#4 completed',
    );
  });

  it("'allow' runs them in parallel, up to concurrency", async () => {
    const { log } = await slowJob('allow');
    expect(plain(log.text())).toBe(
      'added fired#0 started#0 fired#1 started#1 fired#2 skipped#2(limit) succeeded#0 fired#3 started#3 succeeded#1 fired#4 started#4 succeeded#3 succeeded#4 completed',
    );
  });

  it('keeps the accounting for 100,000 values in one turn', async () => {
    for (const overlap of ['skip', 'queue', 'latest', 'replace', 'allow'] as const) {
      const { scheduler, clock } = harness({ logger: false });
      scheduler.addJob('storm', range(100_000), async () => Promise.resolve(), { overlap });
      const { fireCount = 0, activeRuns = 0, queuedFires = 0, outcomes } = scheduler.getJobStatus('storm') ?? {};
      expect(fireCount).toBe(100_000);
      expect(
        (outcomes?.succeeded ?? 0) +
          (outcomes?.failed ?? 0) +
          (outcomes?.cancelled ?? 0) +
          (outcomes?.skipped ?? 0) +
          activeRuns +
          queuedFires,
      ).toBe(100_000);
      expect(activeRuns + queuedFires).toBeLessThanOrEqual(1001);
      for (let turn = 0; turn < 300; turn++) await clock.advanceBy(0);
      expect(scheduler.getJobStatus('storm')?.status).withContext(overlap).toBe('completed');
    }
  });
});

describe('what a job function returns', () => {
  async function logOf(job: (run: JobRun) => unknown): Promise<string> {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR, job);
    await clock.advanceBy(100);
    await scheduler.shutdown();
    return log.text().replace('added armed@0 fired#0 started#0 ', '');
  }
  async function* generator(): AsyncGenerator<number> {
    yield 1;
    await Promise.resolve();
    yield 2;
  }

  it('is consumed: Observables, promises and async iterables', async () => {
    expect(await logOf(() => of(1, 2))).toBe('emitted#0 emitted#0 succeeded#0 completed removed');
    expect(await logOf(() => Promise.resolve(5))).toBe('emitted#0 succeeded#0 completed removed');
    expect(await logOf(() => Promise.resolve())).toBe('succeeded#0 completed removed');
    expect(await logOf(generator)).toBe('emitted#0 emitted#0 succeeded#0 completed removed');
  });

  it('is otherwise one value: even strings and arrays, but not undefined', async () => {
    for (const value of ['text', [1, 2], 0, null, { a: 1 }, new Map([[1, 2]])]) {
      expect(await logOf(() => value))
        .withContext(JSON.stringify(value))
        .toBe('emitted#0 succeeded#0 completed removed');
    }
    expect(await logOf(() => undefined)).toBe('succeeded#0 completed removed');
  });

  it('fails the run only, however it fails', async () => {
    const ways: (() => unknown)[] = [
      () => {
        throw new Error('an Error');
      },
      () => {
        throw 'a string';
      },
      () => {
        throw undefined;
      },
      () => {
        throw null;
      },
      () => {
        throw Object.freeze(new Error('frozen'));
      },
      () => Promise.reject(new Error('rejected')),
      () => throwError(() => new Error('errored')),
      () => ({
        then: () => {
          throw new Error('in then');
        },
      }),
      () => ({
        get then(): never {
          throw new Error('in the getter');
        },
      }),
      () => ({
        [Symbol.asyncIterator]: () => {
          throw new Error('no iterator');
        },
      }),
      () =>
        new Observable(() => {
          throw new Error('in subscribe');
        }),
      () => {
        throw new DOMException('stop', 'AbortError');
      },
    ];
    for (const way of ways)
      expect(await logOf(way))
        .withContext(way.toString())
        .toBe('failed#0 completed removed');
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      await Promise.resolve();
      throw new Error('midway');
    }
    expect(await logOf(broken)).toBe('emitted#0 failed#0 completed removed');
    expect(
      await logOf(() =>
        concat(
          of(1),
          throwError(() => 'x'),
        ),
      ),
    ).toBe('emitted#0 failed#0 completed removed');
  });
});

describe('a cancelled run', () => {
  it('aborts its signal, unsubscribes, and ignores later results', async () => {
    const { scheduler, clock, log } = harness();
    const told: string[] = [];
    let finish = (_error: unknown): void => undefined;
    scheduler.addJob('promise', of(1), (run) => {
      run.signal.addEventListener('abort', () => told.push('aborted'));
      return new Promise((_, reject) => (finish = reject));
    });
    scheduler.addJob('observable', of(1), () => new Observable(() => () => told.push('unsubscribed')));
    scheduler.addJob('iterator', of(1), async function* () {
      try {
        yield 1;
        await new Promise((resolve) => clock.setTimer(NEW_YEAR + 10, () => resolve(0)));
      } finally {
        told.push('returned');
      }
    });
    await clock.advanceBy(0);
    for (const jobId of ['promise', 'observable', 'iterator']) scheduler.removeJob(jobId);
    finish(new Error('too late'));
    await clock.advanceBy(100);
    expect(told).toEqual(['aborted', 'unsubscribed', 'returned']);
    expect(log.text('promise')).toBe('added fired#0 started#0 cancelled#0 removed');
  });

  it('has an aborted signal, even if it is first read later', () => {
    const { scheduler } = harness();
    let run: JobRun<number> | undefined;
    scheduler.addJob('a', of(1), (one) => {
      run = one;
      return NEVER;
    });
    scheduler.removeJob('a');
    expect(run?.signal.aborted).toBeTrue();
  });

  it('never calls its function when it was cancelled before', () => {
    const { scheduler, log } = harness();
    let called = false;
    scheduler.events$.subscribe((event) => {
      if (event.type === 'started') scheduler.removeJob('a');
    });
    scheduler.addJob('a', of(1), () => (called = true));
    expect(called).toBeFalse();
    expect(log.text()).toBe('added fired#0 started#0 cancelled#0 removed');
  });

  it('that removes itself inside its function is cancelled, and its result is ignored', async () => {
    const { scheduler, clock, log } = harness();
    let subscribed = false;
    scheduler.addJob('observable', of(1), () => {
      scheduler.removeJob('observable');
      return new Observable(() => {
        subscribed = true;
      });
    });
    scheduler.addJob('promise', of(1), () => {
      scheduler.removeJob('promise');
      return Promise.reject(new Error('unheard'));
    });
    await clock.advanceBy(10);
    expect(subscribed).toBeFalse();
    expect(log.text('promise')).toBe('added fired#0 started#0 cancelled#0 removed');
  });

  it('stops a synchronous Observable, of the job and of its trigger, while it emits', () => {
    const { scheduler, log } = harness();
    let values = 0;
    scheduler.events$.subscribe((event) => {
      if (event.type === 'emitted' && ++values === 3) scheduler.removeJob('a');
    });
    scheduler.addJob('a', range(1_000_000_000), () => from([1, 2, 3, 4, 5]));
    expect(values).toBe(3);
    expect(log.text()).toBe('added fired#0 started#0 emitted#0 emitted#0 emitted#0 cancelled#0 removed');
  });

  it('with a teardown that throws though it ended while it was subscribed has succeeded, and the error is logged', () => {
    const { scheduler, clock, lines } = harness();
    const source = new Observable((subscriber) => {
      subscriber.complete();
      return () => {
        throw new Error('in teardown');
      };
    });
    scheduler.addIntervalJob('a', 10, () => source, { maxRuns: 1 });
    clock.advanceBySync(10);
    expect(scheduler.getJobStatus('a')?.outcomes.succeeded).toBe(1);
    expect(lines.filter((line) => line.startsWith('error job "a": the teardown of its Observable failed')).length).toBe(1);
  });

  it('with a teardown that throws is still cancelled, and the error is logged', () => {
    const { scheduler, log, lines } = harness();
    scheduler.addJob(
      'a',
      of(1),
      () =>
        new Observable(() => () => {
          throw new Error('in teardown');
        }),
    );
    scheduler.removeJob('a');
    expect(log.text()).toBe('added fired#0 started#0 cancelled#0 removed');
    expect(lines.some((line) => line.startsWith('error job "a": the teardown of its Observable failed'))).toBeTrue();
  });
});

describe('a job that fails', () => {
  it('does not change the log of the others', async () => {
    const logWith = async (bad: readonly (() => unknown)[]): Promise<string> => {
      const { scheduler, clock, log } = harness({ logger: false });
      bad.forEach((job, index) => scheduler.addIntervalJob(`bad ${String(index)}`, 10, job, { overlap: 'allow' }));
      scheduler.addIntervalJob('good', 10, () => Promise.resolve(1));
      await clock.advanceBy(100);
      await scheduler.shutdown();
      return log.text('good');
    };
    const bad = [
      () => {
        throw new Error('thrown');
      },
      () => Promise.reject(new Error('rejected')),
      () => new Promise(() => undefined),
      () => NEVER,
    ];
    expect(await logWith(bad)).toBe(await logWith([]));
  });
});
