import type { JobEventType, RunOutcome } from 'extended-scheduler';
import { Subject, throwError } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.outcomes$', () => {
  it('emits one frozen object for each fire that ends', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: RunOutcome[] = [];
    scheduler.outcomes$.subscribe((outcome) => seen.push(outcome));
    const failure = new Error('no');
    let runs = 0;
    scheduler.addIntervalJob('a', 1000, () => (++runs === 1 ? undefined : throwError(() => failure)), {
      retry: { count: 1, delayMs: 10 },
      maxRuns: 2,
    });
    clock.advanceBySync(3000);
    const fire = (index: number): unknown => jasmine.objectContaining({ index });
    expect(seen as unknown[]).toEqual([
      { jobId: 'a', fire: fire(0), outcome: 'succeeded', startedAt: NEW_YEAR + 1000, endedAt: NEW_YEAR + 1000, attempts: 1 },
      { jobId: 'a', fire: fire(1), outcome: 'failed', startedAt: NEW_YEAR + 2000, endedAt: NEW_YEAR + 2010, attempts: 2, error: failure },
    ]);
    expect(seen.every((outcome) => Object.isFrozen(outcome))).toBeTrue();
  });

  it('has the reason of a skipped fire, and no startedAt for what never ran', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: string[] = [];
    scheduler.outcomes$.subscribe((one) =>
      seen.push(`${one.outcome} ${one.reason ?? '-'} ${String(one.startedAt !== undefined)} ${String(one.attempts)}`),
    );
    scheduler.addIntervalJob('a', 1000, () => new Subject(), { overlap: 'queue', queueLimit: 1 });
    clock.advanceBySync(3000);
    scheduler.removeJob('a');
    expect(seen).toEqual(['skipped limit false 0', 'cancelled - true 1', 'cancelled - false 0']);
  });

  it('keeps order with events$, from inside a listener too', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: string[] = [];
    scheduler.outcomes$.subscribe(({ fire }) => {
      seen.push(`outcome#${String(fire.index)}`);
      if (fire.index === 0) scheduler.runNow('a');
    });
    scheduler.events({ types: ['fired', 'succeeded'] }).subscribe((event) => seen.push(`${event.type}#${String(event.fire.index)}`));
    scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 2 });
    clock.advanceBySync(1000);
    expect(seen).toEqual(['fired#0', 'succeeded#0', 'outcome#0', 'fired#1', 'succeeded#1', 'outcome#1']);
  });

  it('is the trigger of a job that follows another one', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: string[] = [];
    scheduler.addIntervalJob('first', 1000, () => undefined, { maxRuns: 2 });
    scheduler.addJob('second', scheduler.outcomes$, (run) => seen.push(run.value.jobId), { maxRuns: 2 });
    clock.advanceBySync(5000);
    expect(seen[0]).toBe('first');
  });

  it('completes at shutdown, and a listener that throws is logged', async () => {
    const { scheduler, clock, lines } = harness();
    let completed = false;
    scheduler.outcomes$.subscribe({
      next: () => {
        throw new Error('a listener');
      },
      complete: () => (completed = true),
    });
    scheduler.addIntervalJob('a', 1000, () => undefined);
    clock.advanceBySync(1000);
    await scheduler.shutdown();
    expect([completed, lines.filter((line) => line.includes('a listener of outcomes$ threw')).length]).toEqual([true, 1]);
  });

  it('writes the error of a failed run into JSON', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: string[] = [];
    scheduler.outcomes$.subscribe((outcome) => seen.push(JSON.stringify(outcome)));
    scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new TypeError('no', { cause: new Error('deep') })));
    return clock.advanceBy(10).then(() => {
      const { error, outcome } = JSON.parse(seen[0] ?? '') as {
        outcome: string;
        error: { name: string; message: string; stack: string; cause: { message: string } };
      };
      expect([outcome, error.name, error.message, error.cause.message, error.stack.length > 0]).toEqual([
        'failed',
        'TypeError',
        'no',
        'deep',
        true,
      ]);
    });
  });
});

describe('Scheduler.events', () => {
  it('emits only events of the given types and of the given job', () => {
    const { scheduler, clock } = harness({ logger: false });
    const seen: string[] = [];
    scheduler.events({ jobId: 'b', types: ['started', 'removed'] }).subscribe((event) => seen.push(`${event.jobId} ${event.type}`));
    for (const jobId of ['a', 'b']) scheduler.addIntervalJob(jobId, 1000, () => undefined);
    clock.advanceBySync(1000);
    scheduler.removeJob('b');
    scheduler.addIntervalJob('b', 1000, () => undefined);
    clock.advanceBySync(1000);
    expect(seen).toEqual(['b started', 'b removed', 'b started']);
  });

  it('without a filter is events$', () => {
    const { scheduler, log } = harness({ logger: false });
    const types: JobEventType[] = [];
    scheduler.events({}).subscribe((event) => types.push(event.type));
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.removeJob('a');
    expect(types).toEqual(log.events.map(({ type }) => type));
  });

  it('rejects an unknown type or option, and names what is allowed', () => {
    const { scheduler } = harness();
    expect(() => scheduler.events({ types: ['fire' as never] })).toThrowError(
      /events\(filter\.types\[0\]\): expected 'added' or .*'removed', got "fire"/,
    );
    expect(() => scheduler.events({ types: 'fired' as never })).toThrowError(
      'events(filter.types): expected an array of event types, got "fired"',
    );
    expect(() => scheduler.events({ job: 'a' } as never)).toThrowError(/events\(filter\): expected one of types, jobId, got "job"/);
    expect(() => scheduler.events({ jobId: '' })).toThrowError(/events\(filter\.jobId\): expected a string that is not empty/);
  });
});
