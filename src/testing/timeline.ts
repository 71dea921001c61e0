import { checked, checkKeys, wholeFrom1 } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import type { InstantLike } from '../model/instant.js';
import type { JobEvent } from '../model/job-event.js';

/** Options of {@link timeline}. */
export interface TimelineOptions {
  /**
   * The first instant of the drawing.
   *
   * @default the time of the first event
   */
  readonly from?: InstantLike | undefined;
  /**
   * The last instant of the drawing.
   *
   * @default the time of the last event
   */
  readonly to?: InstantLike | undefined;
  /**
   * Width of the drawing in characters.
   *
   * @default 60
   */
  readonly width?: number | undefined;
}

/** The signs of a column by weight. The one with the greatest weight is drawn. */
const SIGNS = ' ~=|*sc!';
const [NOTHING, PAUSED, RUNNING, SUCCEEDED, SEVERAL, SKIPPED, CANCELLED, FAILED] = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * Draws events as text, one line for each job: for reading, and for golden tests.
 *
 * ```text
 * |  a run that succeeded started   =  a run is active     ~  paused, or the gate is closed
 * *  several in one column          s  a fire was skipped  c  was cancelled   !  a run failed
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { timer } from 'rxjs';
 * import { simulate, timeline } from 'extended-scheduler/testing';
 *
 * const { events } = await simulate(
 *   (scheduler, clock) => {
 *     scheduler.addIntervalJob('quick', { seconds: 5 }, () => 'done');
 *     scheduler.addIntervalJob('slow', { seconds: 5 }, () => timer(7000, clock));
 *   },
 *   { from: 0, to: 30_000 },
 * );
 * console.log(timeline(events, { width: 31 }));
 * // Logs:
 * // quick      |    |    |    |    |    |
 * // slow       |====s==  |====s==  |====s
 * ```
 *
 * @param events from `simulate(…).events`, or collected from `events$`.
 * @param options which time it draws, and how wide.
 * @returns the drawing, without a newline at the end.
 * @throws InvalidOptionError if the events are not an array, or if an option is unknown or not valid.
 */
export function timeline(events: readonly JobEvent[], options: TimelineOptions = {}): string {
  const width = wholeFrom1('timeline(options.width)', options.width) ?? 60;
  checked<unknown>('timeline(events)', events, Array.isArray, 'the events of a log, as in simulate(…).events');
  checkKeys('timeline(options)', options, ['from', 'to', 'width']);
  const from = options.from === undefined ? (events[0]?.at ?? 0) : instantOption('timeline(options.from)', options.from);
  const end = options.to === undefined ? (events.at(-1)?.at ?? from) : instantOption('timeline(options.to)', options.to);
  const to = Math.max(end, from + 1);
  const lines: Map<string, Line> = new Map();
  for (const event of events) {
    let line = lines.get(event.jobId);
    if (line === undefined) {
      line = new Line(width, (at) => Math.floor(((at - from) / (to - from)) * (width - 1)));
      lines.set(event.jobId, line);
    }
    line.draw(event);
  }
  const longest = Math.max(0, ...[...lines.keys()].map((jobId) => jobId.length));
  return [...lines].map(([jobId, line]) => `${jobId.padEnd(longest)} ${line.text(to)}`.trimEnd()).join('\n');
}

/** The line of one job. */
class Line {
  private readonly columns: Uint8Array;
  private readonly column: (at: number) => number;
  private pausedSince = NaN;
  /** When each active run started. */
  private readonly active: Map<number, number> = new Map();

  constructor(width: number, column: (at: number) => number) {
    this.columns = new Uint8Array(width);
    this.column = column;
  }

  draw(event: JobEvent): void {
    switch (event.type) {
      case 'paused':
        this.pausedSince = event.at;
        break;
      case 'gate':
        if (event.open) this.endPause(event.at);
        else this.pausedSince = event.at;
        break;
      case 'resumed':
        this.endPause(event.at);
        break;
      case 'started':
        this.active.set(event.fire.index, event.at);
        break;
      case 'succeeded':
        this.end(event.fire.index, event.startedAt, event.at, SUCCEEDED);
        break;
      case 'failed':
        this.end(event.fire.index, event.startedAt, event.at, FAILED);
        break;
      case 'cancelled':
        this.end(event.fire.index, event.startedAt, event.at, CANCELLED);
        break;
      case 'skipped':
        this.mark(event.at, SKIPPED);
        break;
      case 'completed':
      case 'removed':
        this.endPause(event.at);
        break;
      default:
    }
  }

  text(to: number): string {
    this.endPause(to);
    for (const [index, startedAt] of this.active) this.end(index, startedAt, to, SUCCEEDED);
    return Array.from(this.columns, (weight) => SIGNS[weight]).join('');
  }

  private endPause(at: number): void {
    if (!Number.isNaN(this.pausedSince)) this.fill(this.pausedSince, at, PAUSED);
    this.pausedSince = NaN;
  }

  /** Draws a run. If it did not succeed, marks its end with the outcome. */
  private end(index: number, startedAt: number | null, at: number, sign: number): void {
    this.active.delete(index);
    if (startedAt === null) {
      this.mark(at, sign);
      return;
    }
    this.fill(startedAt, at, RUNNING);
    this.mark(startedAt, SUCCEEDED);
    if (sign !== SUCCEEDED) this.mark(at, sign);
  }

  private fill(from: number, to: number, sign: number): void {
    for (let column = this.column(from); column <= this.column(to); column++) this.put(column, sign);
  }

  private mark(at: number, sign: number): void {
    const column = this.column(at);
    this.put(column, sign === SUCCEEDED && this.columns[column] === SUCCEEDED ? SEVERAL : sign);
  }

  private put(column: number, sign: number): void {
    const present = this.columns[column] ?? NOTHING;
    if (column >= 0 && sign > present) this.columns[column] = sign; // instants outside the drawing are ignored
  }
}
