import type { Logger } from 'extended-scheduler';
import { wait } from './waiting.js';

/** A logger that keeps its lines, each with its level in front; of the stack of an error only the first line. */
export class CapturedLog implements Logger {
  readonly lines: string[] = [];
  debug = (message: string): void => this.add('debug', message);
  info = (message: string): void => this.add('info', message);
  warn = (message: string): void => this.add('warn', message);
  error = (message: string): void => this.add('error', message.split('\n', 1)[0] ?? '');

  private add(level: string, message: string): void {
    this.lines.push(`${level} ${message}`);
  }
}

/** The reasons of unhandled rejections during some work and for a moment after it, in Node and in a page. */
export async function unhandledRejections(during: () => Promise<void>): Promise<unknown[]> {
  const { process } = globalThis as Partial<typeof globalThis>;
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => void reasons.push(reason);
  const noteEvent = (event: PromiseRejectionEvent): void => {
    note(event.reason);
    event.preventDefault();
  };
  if (process === undefined) window.addEventListener('unhandledrejection', noteEvent);
  else process.on('unhandledRejection', note);
  await during();
  await wait(50);
  if (process === undefined) window.removeEventListener('unhandledrejection', noteEvent);
  else process.off('unhandledRejection', note);
  return reasons;
}
