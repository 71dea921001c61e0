import type { Logger } from 'extended-scheduler';

/** A logger that keeps its lines, each with its level in front. */
export class CapturedLog implements Logger {
  readonly lines: string[] = [];
  debug = (message: string): void => this.add('debug', message);
  info = (message: string): void => this.add('info', message);
  warn = (message: string): void => this.add('warn', message);
  error = (message: string, ...details: unknown[]): void => this.add('error', [message, ...details.map(String)].join(' '));

  private add(level: string, message: string): void {
    this.lines.push(`${level} ${message}`);
  }
}
