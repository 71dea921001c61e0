import { of, Subject, throwError } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('the option around', () => {
  it('surrounds every attempt, and the attempt has its result', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const seen: string[] = [];
    let attempts = 0;
    scheduler.addIntervalJob('a', 1000, () => (++attempts === 1 ? Promise.reject(new Error('no')) : Promise.resolve(5)), {
      maxRuns: 1,
      retry: 1,
      around: async (run, next) => {
        seen.push(`begin ${String(run.attempt)}`);
        try {
          return await next();
        } finally {
          seen.push(`end ${String(run.attempt)}`);
        }
      },
    });
    const values: unknown[] = [];
    scheduler.values$('a').subscribe((value) => values.push(value));
    await clock.advanceBy(2000);
    expect([...values, ...seen]).toEqual([5, 'begin 1', 'end 1', 'begin 2', 'end 2']);
    expect(log.text('a')).toContain('retrying#0 started#0 emitted#0 succeeded#0 completed');
  });

  it('gets the run also if the job function has args, and the job function still gets those', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: unknown[] = [];
    const around = (run: { readonly jobId: string }, next: () => unknown): unknown => {
      seen.push(run.jobId);
      return next();
    };
    scheduler.addOneTimeJob('a', NEW_YEAR, (text: string) => seen.push(text), { args: ['x'], around });
    clock.advanceBySync(0);
    expect(seen).toEqual(['a', 'x']);
  });

  it('may leave the job function out, and fails the attempt if it throws', () => {
    const { scheduler, clock } = harness({ logger: false });
    let runs = 0;
    const job = (): number => runs++;
    scheduler.addOneTimeJob('locked', NEW_YEAR, job, { around: () => undefined });
    scheduler.addOneTimeJob('broken', NEW_YEAR, job, {
      around: () => {
        throw new Error('no lock');
      },
    });
    clock.advanceBySync(0);
    expect([runs, scheduler.getJobStatus('locked')?.outcomes.succeeded, scheduler.getJobStatus('broken')?.outcomes.failed]).toEqual([
      0, 1, 1,
    ]);
  });

  it('fails an attempt that calls next twice', () => {
    const { scheduler, clock } = harness({ logger: false });
    let runs = 0;
    scheduler.addOneTimeJob('a', NEW_YEAR, () => runs++, { around: (_run, next) => [next(), next()] });
    clock.advanceBySync(0);
    expect(String(scheduler.getJobStatus('a')?.lastRun?.error)).toBe('Error: job "a": around called next() twice');
    expect(runs).toBe(1);
  });

  it('can be a default of the registry, which the option of a job replaces', () => {
    const seen: string[] = [];
    const { scheduler, clock } = harness({
      defaults: {
        around: (run, next) => {
          seen.push(`registry ${run.jobId}`);
          return next();
        },
      },
    });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined);
    scheduler.addOneTimeJob('b', NEW_YEAR, () => undefined, {
      around: (run, next) => {
        seen.push(`job ${run.jobId}`);
        return next();
      },
    });
    clock.advanceBySync(0);
    expect(seen).toEqual(['registry a', 'job b']);
  });

  it('must be a function', () => {
    const { scheduler } = harness();
    expect(() => scheduler.addOneTimeJob('a', 0, () => 1, { around: true as never })).toThrowError(
      /addOneTimeJob\(options\.around\): expected a function/,
    );
  });
});

describe('the option completeWhen', () => {
  it('completes the job after the run whose value satisfies it, and the value is emitted first', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    let progress = 0;
    const values: number[] = [];
    scheduler.values$<number>('a').subscribe((value) => values.push(value));
    scheduler.addIntervalJob('a', 1000, () => (progress += 40), { completeWhen: (value) => (value as number) >= 100 });
    clock.advanceBySync(10_000);
    expect(values).toEqual([40, 80, 120]);
    expect(log.text('a')).toMatch(/fired#2 armed@4000 started#2 emitted#2 succeeded#2 completed$/);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'completed', nextRunTime: null, remainingMs: null }));
  });

  it('gets the last value of a stream, undefined without a value, and the run', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: unknown[] = [];
    const completeWhen = (value: unknown, run: { readonly jobId: string; readonly attempt: number }): boolean => {
      seen.push([run.jobId, run.attempt, value]);
      return true;
    };
    scheduler.addIntervalJob('stream', 1000, () => of(1, 2, 3), { completeWhen });
    scheduler.addIntervalJob('nothing', 1000, () => undefined, { completeWhen });
    clock.advanceBySync(5000);
    expect(seen).toEqual([
      ['stream', 1, 3],
      ['nothing', 1, undefined],
    ]);
  });

  it('does not ask about failed runs, and a predicate that throws or is async is reported and does not end the job', async () => {
    const { scheduler, clock, lines } = harness();
    let asked = 0;
    scheduler.addIntervalJob('failing', 1000, () => throwError(() => new Error('no')), { maxRuns: 2, completeWhen: () => asked++ > 0 });
    scheduler.addIntervalJob('throwing', 1000, () => 1, {
      completeWhen: () => {
        throw new Error('a predicate');
      },
    });
    scheduler.addIntervalJob('async', 1000, () => 1, { completeWhen: (async () => Promise.reject(new Error('late'))) as never });
    await clock.advanceBy(2000);
    expect(asked).toBe(0);
    expect(['throwing', 'async'].map((jobId) => scheduler.getJobStatus(jobId)?.outcomes.succeeded)).toEqual([2, 2]);
    expect(lines.filter((line) => line.includes('completeWhen failed; the job continues'))).toHaveSize(4);
  });

  it('cancels queued fires, and lets other active runs end', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const runs: Subject<number>[] = [];
    const job = (): Subject<number> => {
      const run = new Subject<number>();
      runs.push(run);
      return run;
    };
    scheduler.addIntervalJob('queued', 1000, job, { overlap: 'queue', completeWhen: () => true });
    clock.advanceBySync(3000);
    runs[0]?.complete();
    expect(log.text('queued')).toMatch(/succeeded#0 armed@none cancelled#1 cancelled#2 completed$/);
    scheduler.addIntervalJob('parallel', 1000, job, { overlap: 'allow', completeWhen: () => true });
    clock.advanceBySync(2000);
    runs[1]?.complete();
    expect(scheduler.getJobStatus('parallel')).toEqual(jasmine.objectContaining({ status: 'running', activeRuns: 1, nextRunTime: null }));
    clock.advanceBySync(5000);
    runs[2]?.complete();
    expect(scheduler.getJobStatus('parallel')).toEqual(jasmine.objectContaining({ status: 'completed', fireCount: 2 }));
  });

  it('may remove its own job', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => 1, {
      completeWhen: () => {
        scheduler.removeJob('a');
        return true;
      },
    });
    clock.advanceBySync(5000);
    expect(log.text('a')).toMatch(/emitted#0 cancelled#0 removed$/);
  });
});

describe('the option keepLastValue', () => {
  it('keeps the last value in the status, and values$ begins with it', () => {
    const { scheduler, clock } = harness({ logger: false });
    let count = 0;
    scheduler.addIntervalJob('kept', 1000, () => of(++count, ++count), { keepLastValue: true });
    scheduler.addIntervalJob('not', 1000, () => 1);
    clock.advanceBySync(2000);
    const late: unknown[] = [];
    scheduler.values$('kept').subscribe((value) => late.push(value));
    scheduler.values$('not').subscribe((value) => late.push(value));
    expect(late).toEqual([4]);
    expect(scheduler.getJobStatus('kept')?.lastRun?.value).toBe(4);
    expect('value' in (scheduler.getJobStatus('not')?.lastRun ?? {})).toBeFalse();
    clock.advanceBySync(1000);
    expect(late).toEqual([4, 5, 6, 1]);
  });

  it('gives each run its own last value while runs overlap', () => {
    const { scheduler, clock } = harness({ logger: false });
    const runs: Subject<string>[] = [];
    scheduler.addIntervalJob(
      'a',
      1000,
      () => {
        const run = new Subject<string>();
        runs.push(run);
        return run;
      },
      { overlap: 'allow', keepLastValue: true },
    );
    clock.advanceBySync(2000);
    runs[0]?.next('of the first');
    runs[1]?.next('of the second');
    runs[0]?.complete();
    expect(scheduler.getJobStatus('a')?.lastRun?.value).toBe('of the first');
  });
});

describe("retry.whenClosed: 'wait'", () => {
  const flaky = (whenClosed: 'continue' | 'wait' | undefined, overlap?: 'replace') => {
    const kit = harness({ logger: false });
    const gate = new Subject<boolean>();
    let attempts = 0;
    kit.scheduler.addIntervalJob('a', 10_000, () => (++attempts < 3 ? throwError(() => new Error('offline')) : undefined), {
      retry: { count: 5, delayMs: 1000, whenClosed },
      when: gate,
      overlap,
    });
    gate.next(true);
    kit.clock.advanceBySync(10_500);
    return { ...kit, gate, attempts: () => attempts };
  };

  it('keeps retries until the gate is open again', () => {
    const { clock, gate, attempts } = flaky('wait');
    gate.next(false);
    clock.advanceBySync(60_000);
    expect(attempts()).toBe(1);
    gate.next(true);
    expect(attempts()).toBe(2);
    clock.advanceBySync(1000);
    expect(attempts()).toBe(3);
  });

  it('keeps them while the job is paused', () => {
    const { scheduler, clock, attempts, log } = flaky('wait');
    scheduler.pauseJob('a');
    clock.advanceBySync(60_000);
    expect(attempts()).toBe(1);
    scheduler.resumeJob('a');
    clock.advanceBySync(1000);
    expect(log.text('a')).toMatch(/retrying#0 paused resumed armed@\d+ started#0 retrying#0 started#0 succeeded#0$/);
  });

  it('does not shorten a delay that has not passed', () => {
    const { clock, gate, attempts } = flaky('wait');
    gate.next(false);
    clock.advanceBySync(200);
    gate.next(true);
    expect(attempts()).toBe(1);
    clock.advanceBySync(300);
    expect(attempts()).toBe(2);
  });

  it("is not the default: retries continue with 'continue' and without the option", () => {
    for (const whenClosed of ['continue', undefined] as const) {
      const { clock, gate, attempts } = flaky(whenClosed);
      gate.next(false);
      clock.advanceBySync(60_000);
      expect(attempts()).toBe(3);
    }
  });

  it('does not hold up a draining removal, and removal cancels a run that waits', () => {
    const drained = flaky('wait');
    drained.gate.next(false);
    drained.clock.advanceBySync(5000);
    drained.scheduler.removeJob('a', { drain: true });
    drained.clock.advanceBySync(1000);
    expect(drained.log.text('a')).toMatch(/draining started#0 retrying#0 started#0 succeeded#0 removed$/);
    const removed = flaky('wait');
    removed.gate.next(false);
    removed.clock.advanceBySync(5000);
    removed.scheduler.removeJob('a');
    expect(removed.log.text('a')).toMatch(/cancelled#0 removed$/);
    expect([removed.attempts(), removed.clock.pending.length]).toEqual([1, 0]);
  });

  it("lets overlap 'replace' cancel a run that waits", () => {
    const { scheduler, clock, gate, log } = flaky('wait', 'replace');
    gate.next(false);
    clock.advanceBySync(2000);
    scheduler.runNow('a');
    expect(log.text('a')).toMatch(/cancelled#0 started#1 retrying#1$/);
  });

  it('must be one of two words', () => {
    const { scheduler } = harness();
    expect(() => scheduler.addOneTimeJob('a', 0, () => 1, { retry: { count: 1, whenClosed: 'stop' as never } })).toThrowError(
      "addOneTimeJob(options.retry.whenClosed): expected 'continue' or 'wait', got \"stop\"",
    );
  });
});
