import { formatInTimeZone } from 'date-fns-tz';
import { InvalidTimezoneError } from '../errors/invalid-timezone-error.js';

/** A segment of time with a constant offset. Instants in epoch ms, `end` exclusive. */
interface Segment {
  readonly start: number;
  readonly end: number;
  /** Local time minus UTC, in ms. */
  readonly offset: number;
  /** The offset before `start`. It is the same if the clocks did not change there. */
  readonly before: number;
}

/** The offsets of one zone. They are computed on demand and cached. */
export interface ZoneTable {
  /** The segment of an instant. */
  segmentAt(instant: number): Segment;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Distance of samples. Since 1970 no zone has changed there and back in less than 7 days (Recife in 2000 took 7). */
const SAMPLE_MS = 6 * DAY_MS;
/** How much is searched at once, about a year. */
const BLOCK_MS = 61 * SAMPLE_MS;

const tables: Map<string, ZoneTable> = new Map();

/** Returns the table of a zone. Each zone has one. @throws InvalidTimezoneError if the zone is not valid. */
export function zoneTable(place: string, timezone: string): ZoneTable {
  const known = tables.get(timezone);
  if (known !== undefined) return known;
  const table = createTable(place, timezone);
  tables.set(timezone, table);
  return table;
}

/**
 * Names of three letters that only ICU defines. They are not IANA names, and most of them mean another zone to people: ICU's `BST` is
 * Dhaka and its `IST` is Kolkata. (`EST`, `MST`, `HST`, `CET`, `EET`, `MET`, `WET`, `PRC`, `ROC`, `ROK`, `UCT` are IANA names.)
 */
const ICU_NAMES: ReadonlySet<string> = new Set(
  'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' '),
);

/** A name for Intl, or a fixed offset. date-fns-tz also reads `Z`, `+0300` and `-03`, which are neither. */
const ZONE = /^(?:[A-Za-z][A-Za-z0-9_+\-/]+|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function isZoneName(timezone: unknown): timezone is string {
  if (typeof timezone !== 'string' || !ZONE.test(timezone)) return false;
  return !ICU_NAMES.has(timezone.toUpperCase()) && !/^SystemV\//i.test(timezone);
}

function createTable(place: string, timezone: string): ZoneTable {
  if (!isZoneName(timezone)) throw new InvalidTimezoneError(place, timezone);
  try {
    offsetAt(timezone, 0);
  } catch {
    throw new InvalidTimezoneError(place, timezone);
  }
  return new LazyTable(timezone);
}

/** Divides time into blocks. The changes in a block are searched on the first access to it. */
class LazyTable implements ZoneTable {
  private readonly timezone: string;
  private readonly blocks: Map<number, readonly Segment[]> = new Map();
  private last: Segment = { start: 0, end: 0, offset: 0, before: 0 };

  constructor(timezone: string) {
    this.timezone = timezone;
  }

  segmentAt(instant: number): Segment {
    if (instant >= this.last.start && instant < this.last.end) return this.last;
    const segments = this.block(Math.floor(instant / BLOCK_MS));
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((segments[middle]?.start ?? Infinity) <= instant) low = middle;
      else high = middle - 1;
    }
    this.last = segments[low] ?? this.last;
    return this.last;
  }

  private block(number: number): readonly Segment[] {
    const known = this.blocks.get(number);
    if (known !== undefined) return known;
    const segments = this.search(number * BLOCK_MS, (number + 1) * BLOCK_MS);
    this.blocks.set(number, segments);
    return segments;
  }

  private search(from: number, to: number): Segment[] {
    const segments: Segment[] = [];
    let start = from;
    let before = offsetAt(this.timezone, from - MINUTE_MS);
    let offset = offsetAt(this.timezone, from);
    for (let low = from; low < to; low += SAMPLE_MS) {
      let reached = low;
      while (offsetAt(this.timezone, low + SAMPLE_MS) !== offset) {
        const change = this.change(reached, low + SAMPLE_MS, offset);
        if (change >= to) break;
        segments.push({ start, end: change, offset, before });
        start = change;
        reached = change;
        before = offset;
        offset = offsetAt(this.timezone, change);
      }
    }
    segments.push({ start, end: to, offset, before });
    return segments;
  }

  /** The first instant after `low` at which the offset is not `offset`. At `high` it is another one. */
  private change(low: number, high: number, offset: number): number {
    let before = low;
    let after = high;
    while (after - before > MINUTE_MS) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offsetAt(this.timezone, middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }
}

function offsetAt(timezone: string, instant: number): number {
  const text = formatInTimeZone(new Date(instant), timezone, 'xxx');
  const [hours, minutes] = text.slice(1).split(':').map(Number);
  const ms = ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE_MS;
  return text.startsWith('-') ? -ms : ms;
}
