import { InvalidCronError } from '../errors/invalid-cron-error.js';
import type { Timetable } from '../timetables/timetable.js';
import { LocalTimes } from './local-times.js';
import { parseCron } from './parse.js';
import { zoneTable } from './zone-table.js';
import type { ZoneTable } from './zone-table.js';

/** What becomes of local times that a change of the clocks leaves out or repeats. */
export interface DstRule {
  /** A time inside a jump forward: `'run'` runs it once, at the jump; `'skip'` leaves it out. */
  readonly gap?: 'run' | 'skip' | undefined;
  /** A time that comes twice: `'first'` runs the first pass only; `'both'` runs both. */
  readonly repeated?: 'first' | 'both' | undefined;
}

/** The timetable of a cron expression in a zone. */
export interface CronTimetable extends Timetable {
  before(instant: number): number | null;
  count(from: number, to: number, max: number): number;
  /** Whether it fires at exactly this instant. */
  matches(instant: number): boolean;
}

/** A change of the clocks by more is no daylight saving: nothing is run for it, and nothing left out (as in cronie). */
const MOST_SHIFT_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
/** Years 1 to 9999: what a calendar can be asked for. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

const shared: Map<string, WeakRef<CronTimetable>> = new Map();
const released = new FinalizationRegistry((key: string) => {
  if (shared.get(key)?.deref() === undefined) shared.delete(key);
});

/** The timetable of an expression; all who use the same expression, zone and rule share it, and it goes with the last of them. */
export function cronTimetable(place: string, expression: string, timezone: string, rule: DstRule): CronTimetable {
  if (typeof (expression as unknown) !== 'string') throw new InvalidCronError('NOT_A_STRING', expression, 'expected a string');
  const key = `${expression}|${timezone}|${rule.gap ?? ''}|${rule.repeated ?? ''}`;
  const known = shared.get(key)?.deref();
  if (known !== undefined) return known;
  const timetable = newCronTimetable(place, expression, timezone, rule);
  shared.set(key, new WeakRef(timetable));
  released.register(timetable, key);
  return timetable;
}

/** The same, shared with nobody. */
export function newCronTimetable(place: string, expression: string, timezone: string, rule: DstRule): CronTimetable {
  const fields = parseCron(expression);
  const gapRuns = (rule.gap ?? (fields.everyTime ? 'skip' : 'run')) === 'run';
  const repeatsRun = (rule.repeated ?? (fields.everyTime ? 'both' : 'first')) === 'both';
  return new ZonedTimetable(new LocalTimes(fields), zoneTable(place, timezone), gapRuns, repeatsRun, fields.everyTime);
}

/**
 * Local times put on the real time line, stretch by stretch of constant offset.
 *
 * ```text
 * forward   local  01:59 | 03:00      a time from 02:00 to 02:59 runs at the bar, or not at all
 * back      local  01:59 | 01:00      a time from 01:00 to 01:59 runs before the bar, or on both sides
 * ```
 */
class ZonedTimetable implements CronTimetable {
  readonly axis = 'wall';
  readonly repeats: boolean;
  private readonly times: LocalTimes;
  private readonly zone: ZoneTable;
  private readonly gapRuns: boolean;
  private readonly repeatsRun: boolean;

  constructor(times: LocalTimes, zone: ZoneTable, gapRuns: boolean, repeatsRun: boolean, repeats: boolean) {
    this.times = times;
    this.zone = zone;
    this.gapRuns = gapRuns;
    this.repeatsRun = repeatsRun;
    this.repeats = repeats;
  }

  first(start: number): number | null {
    return this.after(start);
  }

  after(instant: number): number | null {
    if (instant > LATEST) return null;
    let from = Math.max(instant, EARLIEST);
    let segment = this.zone.segmentAt(from);
    let local = from + segment.offset;
    for (;;) {
      // the second pass of a repeated stretch begins where the first ended
      local = Math.max(local, this.firstLocal(segment) - 1);
      const match = this.times.after(local);
      const at = match === null ? Infinity : match - segment.offset;
      if (at < segment.end) return at <= LATEST ? at : null;
      // far away: nothing comes before the day in which it lies, but for what a clock set back repeats
      if (at - segment.end > 3 * DAY_MS && segment.end - from > 2 * DAY_MS) {
        if (match === null || at > LATEST) return null;
        from = at - 2 * DAY_MS;
        segment = this.zone.segmentAt(from);
        local = from + segment.offset;
        continue;
      }
      const next = this.zone.segmentAt(segment.end);
      if (this.runsAtJump(next) && match !== null && match < next.start + next.offset) return next.start;
      segment = next;
      from = next.start;
      local = next.start + next.offset - 1;
    }
  }

  before(instant: number): number | null {
    if (instant < EARLIEST) return null;
    let to = Math.min(instant, LATEST);
    let segment = this.zone.segmentAt(Math.ceil(to) - 1);
    let local = to + segment.offset;
    for (;;) {
      const match = this.times.before(local);
      if (match !== null && match >= this.firstLocal(segment)) return match - segment.offset;
      if (this.runsAtJump(segment) && match !== null && match >= segment.start + segment.before) return segment.start;
      const at = match === null ? -Infinity : match - segment.offset;
      if (segment.start - at > 3 * DAY_MS && to - segment.start > 2 * DAY_MS) {
        if (match === null || at < EARLIEST) return null;
        to = at + 2 * DAY_MS;
        segment = this.zone.segmentAt(to);
        local = to + segment.offset;
        continue;
      }
      const { start } = segment;
      segment = this.zone.segmentAt(start - 1);
      to = start;
      local = start + segment.offset;
    }
  }

  count(from: number, to: number, max: number): number {
    let count = 0;
    for (let at = this.matches(from) ? from : this.after(from); at !== null && at < to && count < max; at = this.after(at)) count++;
    return count;
  }

  matches(instant: number): boolean {
    return this.after(instant - 1) === instant;
  }

  /** The first local time of a stretch that counts. */
  private firstLocal({ start, offset, before }: { readonly start: number; readonly offset: number; readonly before: number }): number {
    const repeated = before - offset;
    return start + (repeated > 0 && repeated <= MOST_SHIFT_MS && !this.repeatsRun ? before : offset);
  }

  /** Whether what was due inside the jump at the start of a stretch runs there. */
  private runsAtJump({ offset, before }: { readonly offset: number; readonly before: number }): boolean {
    const jump = offset - before;
    return this.gapRuns && jump > 0 && jump <= MOST_SHIFT_MS;
  }
}
