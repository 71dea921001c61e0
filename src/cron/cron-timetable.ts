import { InvalidCronError } from '../errors/invalid-cron-error.js';
import type { DstRule } from '../model/dst-rule.js';
import type { Timetable } from '../timetables/timetable.js';
import { LocalTimes } from './local-times.js';
import { parseCron } from './parse.js';
import type { ZoneTable } from './zone-table.js';
import { zoneTable } from './zone-table.js';

/** The timetable of a cron expression in a zone. */
export interface CronTimetable extends Timetable {
  before(instant: number): number | null;
  count(from: number, to: number, max: number): number;
  /** True if it fires exactly at this instant. */
  matches(instant: number): boolean;
}

/** Maximum length of a DST change. For a larger change the rule does not apply (as in cronie). */
const MAX_DST_SHIFT_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
/** The supported range: years 1 to 9999. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

const shared: Map<string, WeakRef<CronTimetable>> = new Map();
const released = new FinalizationRegistry((key: string) => {
  if (shared.get(key)?.deref() === undefined) shared.delete(key);
});

/** Returns the timetable of an expression. Equal expressions with the same zone and rule share one. It is released with its last user. */
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

/** Creates a timetable that is not shared. */
export function newCronTimetable(place: string, expression: string, timezone: string, rule: DstRule): CronTimetable {
  const fields = parseCron(expression);
  const gapRuns = (rule.gap ?? (fields.everyTime ? 'skip' : 'run')) === 'run';
  const repeatsRun = (rule.repeated ?? (fields.everyTime ? 'both' : 'first')) === 'both';
  return new ZonedTimetable(new LocalTimes(fields), zoneTable(place, timezone), gapRuns, repeatsRun, fields.everyTime);
}

/**
 * Places local times on the real time line, one segment of constant offset after another.
 *
 * ```text
 * forward   local  01:59 | 03:00      a time from 02:00 to 02:59 fires at the bar, or not at all
 * back      local  01:59 | 01:00      a time from 01:00 to 01:59 fires before the bar, or on both sides
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
      // the second pass of a repeated hour begins where the first one ended
      local = Math.max(local, this.firstLocal(segment) - 1);
      const match = this.times.after(local);
      const at = match === null ? Infinity : match - segment.offset;
      if (at < segment.end) return at <= LATEST ? at : null;
      // the match is far away: continue two days before it. Changes of the clocks move a fire by less
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

  /** The first local time of a segment that counts. */
  private firstLocal({ start, offset, before }: { readonly start: number; readonly offset: number; readonly before: number }): number {
    const repeated = before - offset;
    return start + (repeated > 0 && repeated <= MAX_DST_SHIFT_MS && !this.repeatsRun ? before : offset);
  }

  /** True if the times inside the jump before a segment fire at its start. */
  private runsAtJump({ offset, before }: { readonly offset: number; readonly before: number }): boolean {
    const jump = offset - before;
    return this.gapRuns && jump > 0 && jump <= MAX_DST_SHIFT_MS;
  }
}
