import type { JobCommand } from 'extended-scheduler';
import { intervalTrigger, InvalidOptionError, runJob } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { concat, NEVER, of, Subject, throwError } from 'rxjs';
import { CapturedLog } from '../support/captured.js';
import { word } from '../support/event-log.js';

describe('runJob', () => {
  it('is commands in, events out, and completes with the job', () => {
    const clock = new VirtualClock(0);
    const commands = new Subject<JobCommand>();
    const log: string[] = [];
    const job = runJob({ jobId: 'a', trigger: intervalTrigger(10), job: () => undefined, options: { maxRuns: 2 } }, { clock });
    commands.pipe(job).subscribe({ next: (event) => log.push(word(event)), complete: () => log.push('|') });
    clock.advanceBySync(15);
    commands.next({ type: 'pause' });
    clock.advanceBySync(100);
    commands.next({ type: 'resume' });
    clock.advanceBySync(100);
    expect(log.join(' ')).toBe(
      'added armed@10 fired#0 armed@20 started#0 succeeded#0 paused resumed armed@120 fired#1 started#1 succeeded#1 completed |',
    );
    expect(commands.observed).toBeFalse();
  });

  it('ends with the remove command', () => {
    const log: string[] = [];
    of({ type: 'remove' } as const)
      .pipe(runJob({ jobId: 'a', trigger: NEVER, job: () => undefined }))
      .subscribe({ next: (event) => log.push(word(event)), complete: () => log.push('|') });
    expect(log).toEqual(['added', 'removed', '|']);
  });

  it('emits nothing and leaves no timer after unsubscribing', () => {
    const clock = new VirtualClock(0);
    const log: string[] = [];
    const subscription = NEVER.pipe(runJob({ jobId: 'a', trigger: intervalTrigger(10), job: () => NEVER }, { clock })).subscribe((event) =>
      log.push(word(event)),
    );
    clock.advanceBySync(10);
    subscription.unsubscribe();
    clock.advanceBySync(100);
    expect(log.join(' ')).toBe('added armed@10 fired#0 armed@20 started#0');
    expect(clock.pending.length).toBe(0);
  });

  it('never errors: neither for its trigger nor for its commands', () => {
    const logger = new CapturedLog();
    const log: string[] = [];
    const trigger = concat(
      of(1),
      throwError(() => new Error('trigger')),
    );
    throwError(() => new Error('commands'))
      .pipe(runJob({ jobId: 'a', trigger, job: () => undefined }, { logger }))
      .subscribe({ next: (event) => log.push(word(event)), error: () => log.push('error'), complete: () => log.push('|') });
    expect(log.join(' ')).toBe('added fired#0 started#0 succeeded#0 trigger-failed completed |');
    expect(logger.lines).toEqual(['error job "a": its stream of commands failed; the job continues: Error: commands']);
  });

  it('is a separate job for each subscription', () => {
    const clock = new VirtualClock(0);
    const job$ = NEVER.pipe(runJob({ jobId: 'a', trigger: intervalTrigger(10), job: () => undefined }, { clock }));
    const counts = [0, 0];
    job$.subscribe((event) => (counts[0] = (counts[0] ?? 0) + (event.type === 'started' ? 1 : 0)));
    clock.advanceBySync(20);
    job$.subscribe((event) => (counts[1] = (counts[1] ?? 0) + (event.type === 'started' ? 1 : 0)));
    clock.advanceBySync(20);
    expect(counts).toEqual([4, 2]);
  });

  it('rejects a wrong definition at the call', () => {
    expect(() => runJob({ jobId: '', trigger: NEVER, job: () => undefined })).toThrowError(InvalidOptionError);
  });
});

describe('the arguments of runJob', () => {
  const definition = { jobId: 'a', trigger: NEVER, job: () => undefined };

  it('that are wrong are rejected at the call', () => {
    expect(() => runJob({ ...definition, option: {} } as never)).toThrowError(
      /runJob\(definition\): expected one of jobId, trigger, job, options/,
    );
    expect(() => runJob(definition, { loger: false } as never)).toThrowError(/runJob\(options\): expected one of clock, logger/);
    expect(() => runJob(definition, { logger: 'no' as never })).toThrowError(/runJob\(options\.logger\)/);
    expect(() => runJob(definition, { clock: {} as never })).toThrowError(/runJob\(options\.clock\)/);
  });

  it('an unknown command is reported and changes nothing', () => {
    const logger = new CapturedLog();
    const events: string[] = [];
    of({ type: 'stop' } as unknown as JobCommand)
      .pipe(runJob(definition, { logger }))
      .subscribe((event) => events.push(event.type));
    expect(events).toEqual(['added']);
    expect(logger.lines).toEqual([
      jasmine.stringMatching(/^error job "a": a command was ignored: InvalidOptionError: runJob\(commands\$\)/),
    ]);
  });
});
