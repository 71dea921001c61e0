import { asyncScheduler, config } from 'rxjs';
import { checked } from '../errors/check.js';
import type { Clock } from './clock.js';
import { schedulerClock } from './scheduler-clock.js';
import { TimerQueue } from './timer-queue.js';
import type { Host } from './timer-queue.js';

/** The functions of the machine that hold when they are looked up; test tools put others in their place. */
interface Machine {
  readonly Date: DateConstructor;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
}

/** Calls the function at once, in surroundings of its choice, and returns what it returns. */
export type Region = <T>(work: () => T) => T;

const original: Machine = machine();
let shared: TimerQueue | undefined;
const queues: WeakMap<Clock, TimerQueue> = new WeakMap();

/**
 * The timers that stand on the given clock, one queue a clock; without one, those of the world that is in force:
 *
 * - RxJS's virtual time, told by `asyncScheduler.now()` lying outside two surrounding readings of `Date.now()`: inside
 *   `TestScheduler.run()`;
 * - the faked `Date` and timers of a test tool (jasmine.clock, sinon, fakeAsync), kept for as long as the queue lives, so that
 *   real timers that wait meanwhile go on unharmed;
 * - else the machine's own, shared by all.
 *
 * Whoever grants its wake-ups slack has a queue of its own.
 */
export function timersOf(clock?: Clock, slackMs = 0): TimerQueue {
  if (clock === undefined) return findWorld(slackMs);
  if (clock instanceof TimerQueue) return clock;
  checkedClock('options.clock', clock);
  if (slackMs > 0) return new TimerQueue(virtualHost(clock), slackMs);
  const known = queues.get(clock);
  if (known !== undefined) return known;
  const queue = new TimerQueue(virtualHost(clock));
  queues.set(clock, queue);
  return queue;
}

/**
 * The timers of the world that is in force, on a queue of their own, whose host timer is set within `region`: outside Angular's zone,
 * say, so that no waiting timer is work under way there.
 */
export function timersWithin(region: Region, slackMs = 0): TimerQueue {
  return findWorld(slackMs, region);
}

/** The clock if it is one, or is left out. */
export function checkedClock(place: string, clock: Clock | undefined): Clock | undefined {
  checked<unknown>(place, clock, isClock, 'an object with the functions now() and setTimer(at, callback)');
  return clock;
}

function isClock(clock: unknown): boolean {
  if (typeof clock !== 'object' || clock === null) return false;
  const { now, setTimer } = clock as Partial<Clock>;
  return typeof now === 'function' && typeof setTimer === 'function';
}

function findWorld(slackMs: number, region?: Region): TimerQueue {
  const before = Date.now();
  const rx = asyncScheduler.now();
  if (rx < before || rx > Date.now()) return new TimerQueue(virtualHost(schedulerClock(asyncScheduler)), slackMs);
  const present = machine();
  if (region !== undefined) return new TimerQueue(machineHost(machineWithin(present, region)), slackMs);
  if (!same(present, original) || slackMs > 0) return new TimerQueue(machineHost(present), slackMs);
  shared ??= new TimerQueue(machineHost(original));
  return shared;
}

function machine(): Machine {
  return { Date: globalThis.Date, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
}

function machineWithin({ Date, setTimeout, clearTimeout }: Machine, region: Region): Machine {
  const setWithin = (callback: () => void, ms: number): ReturnType<typeof setTimeout> => region(() => setTimeout(callback, ms));
  return { Date, setTimeout: setWithin as typeof setTimeout, clearTimeout };
}

function same(a: Machine, b: Machine): boolean {
  return a.Date === b.Date && a.setTimeout === b.setTimeout && a.clearTimeout === b.clearTimeout;
}

function virtualHost(clock: Clock): Host {
  const host: Host = { real: false, report, now: () => clock.now(), setTimer: (at, callback) => clock.setTimer(at, callback) };
  if (clock.passed !== undefined) host.passed = () => clock.passed?.() ?? 0;
  return host;
}

function machineHost({ Date, setTimeout, clearTimeout }: Machine): Host {
  // in Node a timer is an object that can be told not to keep the process alive; in browsers it is a number
  let timer: number | { ref?(): unknown; unref?(): unknown } | null = null;
  let alive = false; // until a timer asks for it
  const mark = (): void => {
    if (typeof timer !== 'object' || timer === null) return;
    if (alive) timer.ref?.();
    else timer.unref?.();
  };
  return {
    real: true,
    report,
    now: () => Date.now(),
    keepAlive: (wanted) => {
      alive = wanted;
      mark();
    },
    setTimer: (at, callback) => {
      const id = setTimeout(callback, Math.ceil(Math.max(0, at - Date.now())));
      timer = id;
      if (!alive) mark();
      return () => {
        clearTimeout(id);
      };
    },
  };
}

/** Hands an error that nobody can catch on as RxJS does: to `config.onUnhandledError`, or thrown from a timer of its own. */
function report(error: unknown): void {
  original.setTimeout(() => {
    if (config.onUnhandledError === null) throw error;
    config.onUnhandledError(error);
  });
}
