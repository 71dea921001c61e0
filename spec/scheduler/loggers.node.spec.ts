import { Writable } from 'node:stream';
import bunyan from 'bunyan';
import type { Logger } from 'extended-scheduler';
import { Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { pino } from 'pino';
import winston from 'winston';

/** A stream that keeps what is written to it. */
function sink(): { readonly stream: Writable; readonly text: () => string } {
  let text = '';
  const write = (chunk: unknown, _encoding: unknown, done: () => void): void => {
    text += String(chunk);
    done();
  };
  return { stream: new Writable({ write }), text: () => text };
}

const loggers: Readonly<Record<string, (stream: Writable) => Logger>> = {
  pino: (stream) => pino({ level: 'debug' }, stream),
  winston: (stream) =>
    winston.createLogger({
      level: 'debug',
      format: winston.format.json(),
      transports: [new winston.transports.Stream({ stream })],
    }),
  bunyan: (stream) => bunyan.createLogger({ name: 'spec', level: 'debug', stream }),
};

/** A function whose name is in the stack of its error. */
function diskFull(): never {
  throw new Error('disk 100%d full');
}

describe('the logger of an app', () => {
  for (const [name, make] of Object.entries(loggers)) {
    it(`loses no error: ${name}`, async () => {
      const { stream, text } = sink();
      const clock = new VirtualClock(0);
      const scheduler = new Scheduler({ clock, logger: make(stream) });
      scheduler.addIntervalJob('back up', 1000, diskFull, { args: [], maxRuns: 1 });
      await clock.advanceBy(1000);
      await scheduler.shutdown();
      const lines = text()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { msg?: string; message?: string });
      const failure = lines.map(({ msg, message }) => msg ?? message ?? '').find((line) => line.includes('failed')) ?? '';
      expect(failure).toContain('job "back up": run of fire 0 failed: Error: disk 100');
      expect(failure).toContain('at diskFull ');
      expect(lines.some(({ msg, message }) => (msg ?? message) === 'job "back up": added')).toBeTrue();
    });
  }
});
