import type { LogEntry } from 'extended-scheduler';
import { guardLog } from '../../src/guards/guard-log.js';
import { alsoReporting, checkedLogger, isVerbose } from '../../src/jobs/loggers.js';

describe('checkedLogger', () => {
  it('knows which logs drop debug and info lines', () => {
    const write = (): void => undefined;
    const methods = { debug: write, info: write, warn: write, error: write };
    const verbose = ([undefined, false, console, methods, write] as const).map((logger) => isVerbose(checkedLogger('spec', logger)));
    expect(verbose).toEqual([false, false, true, true, true]);
    expect(isVerbose(alsoReporting(checkedLogger('spec', false), write))).toBeFalse();
    expect(isVerbose(alsoReporting(write, write))).toBeTrue();
  });

  it('rejects a value that is not a logger', () => {
    for (const logger of [null, true, 'console', 5, {}, { debug: () => 1, info: () => 1, warn: () => 1 }]) {
      expect(() => checkedLogger('new Scheduler(options.logger)', logger as never)).toThrowError(
        /^new Scheduler\(options\.logger\): expected false, a function/,
      );
    }
  });
});

describe('alsoReporting', () => {
  it('also passes errors on: the error itself, or one with the message', () => {
    const lines: string[] = [];
    const errors: unknown[] = [];
    const log = alsoReporting(
      (entry) => lines.push(entry.message),
      (error) => errors.push(error),
    );
    const failure = new Error('no');
    for (const entry of [
      { level: 'warn', message: 'warned' },
      { level: 'error', message: 'failed', error: failure },
      { level: 'error', message: 'without an error' },
    ] satisfies LogEntry[])
      log(entry);
    expect(lines).toEqual(['warned', 'failed', 'without an error']);
    expect(errors).toEqual([failure, new Error('without an error')]);
  });
});

describe('guardLog', () => {
  it('loses a line that cannot be written, and no other', () => {
    const lines: string[] = [];
    const log = guardLog(({ message }) => {
      if (message === 'bad') throw new Error('full');
      lines.push(message);
    });
    for (const message of ['a', 'bad', 'b']) log({ level: 'info', message });
    expect(lines).toEqual(['a', 'b']);
  });
});

describe('the default log', () => {
  it('writes warnings and errors to the console, and nothing else', () => {
    const spies = (['debug', 'info', 'warn', 'error'] as const).map((level) => spyOn(console, level));
    const log = checkedLogger('spec', undefined);
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log({ level, message: `a line of ${level}` });
    expect(spies.map((spy) => spy.calls.allArgs())).toEqual([[], [], [['a line of warn']], [['a line of error']]]);
  });
});
