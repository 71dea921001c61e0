import { isObservable } from 'rxjs';
import { checked, checkKeys, wholeFrom1 } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { Timetable } from '../timetables/timetable.js';
import { forked } from '../timetables/timetable.js';
import type { Trigger } from '../triggers/trigger.js';

/** Options of {@link describeTimetable}. */
export interface ConformanceOptions {
  /**
   * Starts of the subscriptions, in ms on the axis of the timetable.
   *
   * @default 0 on the elapsed axis; four instants in winter and in summer on the wall axis
   */
  readonly starts?: readonly number[] | undefined;
  /**
   * Number of instants that are checked from each start.
   *
   * @default 200
   */
  readonly steps?: number | undefined;
  /**
   * True if two forks may differ, as for a random timetable.
   *
   * @default false
   */
  readonly random?: boolean | undefined;
}

/** What it needs from a test framework. Jasmine, Jest, Vitest and Mocha have it. */
interface Framework {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (claim: string, body: () => void) => void;
}

const WALL_STARTS: readonly number[] = [
  Date.UTC(2026, 0, 1),
  Date.UTC(2026, 2, 8, 6, 59, 59, 999),
  Date.UTC(2026, 9, 25, 0, 30),
  Date.UTC(2027, 11, 31, 23, 59, 59, 500),
];
const STEPS = 200;
const FAR_MS = 50 * 365.25 * 86_400_000;

/**
 * Adds tests for the contract of a timetable, or of the timetable of a trigger. Call it where you call `describe`. The tests check that:
 *
 * - every answer is strictly later than any argument;
 * - answers stay the same, and nothing lies between two of them;
 * - two forks agree, unless the timetable is random;
 * - null means never again;
 * - `before` and `count` agree with `after`.
 *
 * @param name the name of the test suite.
 * @param create creates a new timetable or trigger for each test.
 * @param options what is checked.
 * @throws InvalidOptionError if an option is unknown or not valid, or if there is no global `describe` and `it`.
 */
export function describeTimetable(name: string, create: () => Timetable | Trigger, options: ConformanceOptions = {}): void {
  checkKeys('describeTimetable(options)', options, ['starts', 'steps', 'random']);
  if (typeof (create as unknown) !== 'function')
    throw new InvalidOptionError('describeTimetable(create)', create, 'a function that creates a timetable or a trigger');
  checked(
    'describeTimetable(options.starts)',
    options.starts,
    (starts) => starts.length > 0 && starts.every(Number.isFinite),
    'some instants in ms',
  );
  wholeFrom1('describeTimetable(options.steps)', options.steps);
  const { describe, it } = globalThis as unknown as Partial<Framework>;
  if (describe === undefined || it === undefined)
    throw new InvalidOptionError(
      'describeTimetable',
      undefined,
      'a global describe and it: assign those of your test framework to globalThis',
    );
  describe(`${name} keeps the contract of a timetable:`, () => {
    for (const [claim, check] of Object.entries(checks)) {
      it(claim, () => {
        const timetable = timetableOf(create());
        const starts = options.starts ?? (timetable.axis === 'elapsed' ? [0] : WALL_STARTS);
        for (const start of starts) check(() => timetableOf(create()), start, options);
        succeed();
      });
    }
  });
}

type Check = (create: () => Timetable, start: number, options: ConformanceOptions) => void;

const checks: Readonly<Record<string, Check>> = {
  'every answer is a later finite number, or null': (create, start, options) => {
    const timetable = create();
    for (const instant of walk(timetable, start, options)) {
      for (const asked of [instant, instant - 0.25, instant + 0.5, instant + 1]) {
        const answer = timetable.after(asked);
        if (answer !== null && !(Number.isFinite(answer) && answer > asked)) fail('after', asked, answer, 'a later instant, or null');
      }
    }
  },
  'it answers for any instant, even far away ones': (create, start) => {
    const timetable = create();
    timetable.first(start);
    for (const asked of [start, start + FAR_MS]) {
      const answer = timetable.after(asked);
      if (answer !== null && !(answer > asked)) fail('after', asked, answer, 'a later instant, or null');
    }
  },
  'answers stay the same, and nothing lies in between': (create, start, options) => {
    const timetable = create();
    const instants = walk(timetable, start, options);
    instants.forEach((instant, index) => {
      const next = instants[index + 1];
      if (next === undefined) return;
      for (const asked of [instant, instant + (next - instant) / 2, next - (next - instant) / 4]) {
        const answer = timetable.after(asked);
        if (answer !== next) fail('after', asked, answer, String(next));
      }
    });
  },
  'two forks with the same start agree': (create, start, options) => {
    if (options.random === true) return;
    const [one, other] = [walk(create(), start, options), walk(create(), start, options)];
    one.forEach((instant, index) => {
      if (other[index] !== instant) fail('after', start, other[index], String(instant));
    });
  },
  'null means never again': (create, start, options) => {
    const timetable = create();
    const instants = walk(timetable, start, options);
    const last = instants.at(-1) ?? start;
    if (timetable.after(last) !== null) return;
    for (const asked of [last, last + 1, last + FAR_MS, last]) {
      const answer = timetable.after(asked);
      if (answer !== null) fail('after', asked, answer, 'null: the timetable has ended');
    }
  },
  '`before` finds what `after` found': (create, start, options) => {
    const timetable = create();
    if (timetable.before === undefined) return;
    const instants = walk(timetable, start, options);
    instants.forEach((instant, index) => {
      const next = instants[index + 1];
      if (next === undefined) return;
      for (const asked of [next, instant + (next - instant) / 2]) {
        const answer = timetable.before?.(asked);
        if (answer !== instant) fail('before', asked, answer, String(instant));
      }
    });
  },
  '`count` counts what `after` found': (create, start, options) => {
    const timetable = create();
    if (timetable.count === undefined) return;
    const instants = walk(timetable, start, options);
    const [first] = instants;
    if (first === undefined) return;
    instants.forEach((instant, index) => {
      for (const [to, expected] of [
        [instant, index],
        [instant + 0.5, index + 1],
      ] as const) {
        const answer = timetable.count?.(first, to, STEPS * 10);
        if (answer !== expected) fail('count', first, answer, `${String(expected)} up to ${String(to)}`);
      }
    });
    const some = timetable.count(first, instants.at(-1) ?? first, 3);
    if (some > 3) fail('count', first, some, 'at most `max`');
  },
};

/** The first instants of a subscription that starts at `start`. */
function walk(timetable: Timetable, start: number, { steps = STEPS }: ConformanceOptions): number[] {
  const instants: number[] = [];
  for (let instant = timetable.first(start); instant !== null && instants.length < steps; instant = timetable.after(instant)) {
    const last = instants.at(-1);
    if (!Number.isFinite(instant) || (last !== undefined && instant <= last))
      fail('after', last ?? start, instant, 'a later instant, or null');
    instants.push(instant);
  }
  return instants;
}

function timetableOf(source: Timetable | Trigger): Timetable {
  return forked(isObservable(source) ? source.timetable : source);
}

function fail(method: string, asked: number, answer: unknown, expected: string): never {
  throw new Error(`${method}(${String(asked)}) returned ${String(answer)}, expected ${expected}`);
}

/** Some frameworks require an expectation. */
function succeed(): void {
  const { expect } = globalThis as { expect?: (actual: unknown) => { toBe(expected: unknown): void } };
  expect?.(true).toBe(true);
}
