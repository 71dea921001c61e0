import { asyncScheduler, config } from 'rxjs';
import { checked } from '../checks/check.js';
import type { Region } from '../model/region.js';
import { loadContext } from './async-context.js';
import type { Clock } from './clock.js';
import { nextTask } from './next-task.js';
import { schedulerClock } from './scheduler-clock.js';
import type { Host } from './timer-queue.js';
import { isTimerQueue, MAX_DELAY_MS, TimerQueue } from './timer-queue.js';

/** Functions of the machine. Test tools replace them. */
interface Machine {
  readonly Date: DateConstructor;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
}

/**
 * What all copies of this package in a process share: one timer carries the jobs of all copies, and a copy that is loaded while a test
 * tool fakes the time does not take the fakes for the machine.
 */
interface Shared {
  readonly original: Machine;
  readonly passed: (() => number) | undefined;
  /** The queues of clocks that users passed. */
  readonly queues: WeakMap<Clock, TimerQueue>;
  /** The queue of the original machine, created on the first call. */
  readonly machineQueue: () => TimerQueue;
}

/** Increase the number with every change that makes copies of two versions incompatible. */
const SHARED: unique symbol = Symbol.for('extended-scheduler.world.1');
const shared: Shared = ((globalThis as { [SHARED]?: Shared | undefined })[SHARED] ??= firstCopy());
const { original, passed, queues } = shared;

function firstCopy(): Shared {
  const { performance } = globalThis as { performance?: Performance };
  let queue: TimerQueue | undefined;
  return {
    original: machine(),
    passed: performance === undefined ? undefined : () => performance.now(),
    queues: new WeakMap(),
    machineQueue: () => (queue ??= new TimerQueue(hostOf(original))),
  };
}

/**
 * Returns the timers of a clock. Each clock has one queue. Without a clock, the present time source is detected:
 *
 * - inside `TestScheduler.run()`, the virtual time of RxJS: `asyncScheduler.now()` lies outside two surrounding readings of `Date.now()`;
 * - under a test tool (jasmine.clock, sinon, fakeAsync), its faked `Date` and timers. The queue keeps them, so real timers that are
 *   waiting meanwhile are not disturbed;
 * - else the machine, with one queue for all.
 *
 * A queue with slack is not shared.
 */
export function timersOf(clock?: Clock, slackMs = 0): TimerQueue {
  if (clock === undefined) return findWorld(slackMs);
  checkedClock('options.clock', clock);
  if (isTimerQueue(clock)) return clock;
  if (slackMs > 0) return new TimerQueue(virtualHost(clock), slackMs);
  const known = queues.get(clock);
  if (known !== undefined) return known;
  const queue = new TimerQueue(virtualHost(clock));
  queues.set(clock, queue);
  return queue;
}

/**
 * Returns the timers of the present time source on a new queue, whose host timer is set within `region`. Outside Angular's zone, a waiting
 * timer does not make the app unstable.
 */
export function timersWithin(region: Region, slackMs = 0): TimerQueue {
  return findWorld(slackMs, region);
}

/** Returns the clock if it is one or is undefined. */
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
  if (region !== undefined || slackMs > 0 || !same(present, original)) return new TimerQueue(hostOf(present, region), slackMs);
  return shared.machineQueue();
}

function machine(): Machine {
  return { Date: globalThis.Date, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
}

function same(a: Machine, b: Machine): boolean {
  return a.Date === b.Date && a.setTimeout === b.setTimeout && a.clearTimeout === b.clearTimeout;
}

/** True if a test tool fakes the time: it replaces `Date`, or marks its timers with a property `clock`, as sinon, Jest and Vitest do. */
function isFaked({ Date, setTimeout }: Machine): boolean {
  return Date !== original.Date || !Function.prototype.toString.call(Date).includes('[native code]') || Object.hasOwn(setTimeout, 'clock');
}

/** Creates a host from functions of the machine. Its timers are set within `region`. */
function hostOf(present: Machine, region: Region = (work) => work()): Host {
  const host = machineHost(present, region);
  // a faked clock moves only when its test moves it: there is nothing to detect, and tests count the timers
  if (isFaked(present)) return { ...host, maxSleepMs: MAX_DELAY_MS };
  return same(present, original) ? { ...host, ...originalsOnly(host, region) } : host;
}

function virtualHost(clock: Clock): Host {
  const host: Host = { real: false, report, now: () => clock.now(), setTimer: (at, callback) => clock.setTimer(at, callback) };
  if (clock.passed !== undefined) host.passed = () => clock.passed?.() ?? 0;
  return host;
}

/** A timer: in Node an object that can be unreferenced, in browsers a number. */
type Handle = { ref?(): unknown; unref?(): unknown } | number | null | undefined;

interface MachineHost extends Host {
  /** Sets the handle of the present host timer, which keeps the process alive or not. */
  readonly hold: (handle: Handle) => void;
}

function machineHost({ Date, setTimeout, clearTimeout }: Machine, region: Region): MachineHost {
  let held: Handle;
  let alive = false; // until a timer needs it
  const mark = (): void => {
    if (typeof held !== 'object' || held === null) return;
    if (alive) held.ref?.();
    else held.unref?.();
  };
  const hold = (handle: Handle): void => {
    held = handle;
    if (!alive) mark();
  };
  return {
    real: true,
    report,
    hold,
    now: () => Date.now(),
    keepAlive: (wanted) => {
      alive = wanted;
      mark();
    },
    setTimer: (at, callback) => {
      const id = region(() => setTimeout(callback, Math.ceil(Math.max(0, at - Date.now()))));
      hold(id);
      return () => {
        clearTimeout(id);
      };
    },
  };
}

/** What applies to the functions of the machine only: a faked time has its own readings and tasks. */
function originalsOnly({ hold }: MachineHost, region: Region): Partial<Host> {
  const only: Partial<Host> = {
    context: loadContext,
    soon: (callback) => {
      let cancelled = false;
      const task = (): void => {
        if (!cancelled) region(callback);
      };
      hold(nextTask(task) as Handle);
      return () => {
        cancelled = true;
      };
    },
  };
  return passed === undefined ? only : { ...only, passed };
}

/** Reports an error as RxJS does: to `config.onUnhandledError`, or by throwing it in a timer. */
function report(error: unknown): void {
  original.setTimeout(() => {
    if (config.onUnhandledError === null) throw error;
    config.onUnhandledError(error);
  });
}
