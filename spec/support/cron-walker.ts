// A slow, independent cron evaluator for differential tests: it asks Intl for the local time of every minute, and applies the rule
// for changes of the clocks by its definition. It shares nothing with src/cron.

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_SHIFT = 3 * 60 * MINUTE;

/** An expression as a predicate on local fields, and whether its second, minute or hour begins with `*`. */
export interface WalkedExpression {
  readonly text: string;
  readonly follows: boolean;
  matches(local: Local): boolean;
}

/** A local time in numbers; `ms` is it as if it were UTC. */
interface Local {
  readonly ms: number;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
  readonly lastDay: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localMs(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  // "3/8/2026, 01:59:00"
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format.format(instant).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function localOf(ms: number): Local {
  const date = new Date(ms);
  return {
    ms,
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay(),
    lastDay: new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  };
}

/** The instants at which the offset of a zone changes, to the minute, found by looking at every third day. */
export function transitions(zone: string, from: number, to: number): number[] {
  const offset = (instant: number): number => localMs(zone, instant) - instant;
  const found: number[] = [];
  for (let start = from; start < to; start += 3 * DAY) {
    let low = start;
    let high = start + 3 * DAY;
    if (offset(low) === offset(high)) continue;
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

/** The fires of expressions of whole minutes in a window, by definition. */
export function walk(expressions: readonly WalkedExpression[], zone: string, from: number, to: number): number[][] {
  // three hours and a bit before the window decide what is a repetition in it
  const minutes: { readonly instant: number; readonly ms: number }[] = [];
  for (let instant = from - 2 * MOST_SHIFT; instant <= to; instant += MINUTE) minutes.push({ instant, ms: localMs(zone, instant) });
  const fires = expressions.map((): number[] => []);
  const lastSeen = new Map<number, number>();
  minutes.forEach(({ instant, ms }, index) => {
    const before = minutes[index - 1];
    const jump = before === undefined ? 0 : ms - before.ms - MINUTE;
    const seen = lastSeen.get(ms);
    const isRepeated = seen !== undefined && instant - seen <= MOST_SHIFT;
    lastSeen.set(ms, instant);
    if (instant <= from) return;
    const skipped: Local[] = [];
    if (jump > 0 && jump <= MOST_SHIFT) for (let gone = ms - jump; gone < ms; gone += MINUTE) skipped.push(localOf(gone));
    const local = localOf(ms);
    expressions.forEach((expression, which) => {
      const regular = expression.matches(local) && (expression.follows || !isRepeated);
      const atJump = !expression.follows && skipped.some((gone) => expression.matches(gone));
      if (regular || atJump) fires[which]?.push(instant);
    });
  });
  return fires;
}

/** Fourteen shapes: fixed times in and around the hours in which clocks change, `*` in each field, days and months. */
export const shapes: readonly WalkedExpression[] = [
  { text: '* * * * *', follows: true, matches: () => true },
  { text: '*/15 * * * *', follows: true, matches: (t) => t.minute % 15 === 0 },
  { text: '0 * * * *', follows: true, matches: (t) => t.minute === 0 },
  { text: '*/20 0-3 * * *', follows: true, matches: (t) => t.minute % 20 === 0 && t.hour <= 3 },
  { text: '30 2 * * *', follows: false, matches: (t) => t.minute === 30 && t.hour === 2 },
  { text: '30 1 * * *', follows: false, matches: (t) => t.minute === 30 && t.hour === 1 },
  { text: '0 0 * * *', follows: false, matches: (t) => t.minute === 0 && t.hour === 0 },
  { text: '15 0,1,2,3 * * *', follows: false, matches: (t) => t.minute === 15 && t.hour <= 3 },
  { text: '0-59/10 0-3 * * *', follows: false, matches: (t) => t.minute % 10 === 0 && t.hour <= 3 },
  { text: '45 23 * * *', follows: false, matches: (t) => t.minute === 45 && t.hour === 23 },
  { text: '30 2 * * SUN', follows: false, matches: (t) => t.minute === 30 && t.hour === 2 && t.weekday === 0 },
  { text: '5 */2 * * *', follows: true, matches: (t) => t.minute === 5 && t.hour % 2 === 0 },
  { text: '30 1-2 L * *', follows: false, matches: (t) => t.minute === 30 && (t.hour === 1 || t.hour === 2) && t.day === t.lastDay },
  { text: '0 0,1,2 1 * MON', follows: false, matches: (t) => t.minute === 0 && t.hour <= 2 && (t.day === 1 || t.weekday === 1) },
];
