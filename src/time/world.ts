import { asyncScheduler, config } from 'rxjs';
import { checked } from '../checks/check.js';
import { loadContext } from './async-context.js';
import type { Region } from '../model/region.js';
import type { Clock } from './clock.js';
import { nextTask } from './next-task.js';
import { schedulerClock } from './scheduler-clock.js';
import { LONGEST_DELAY_MS, TimerQueue, isTimerQueue } from './timer-queue.js';
import type { Host } from './timer-queue.js';

/** The functions of the machine that hold when they are looked up; test tools put others in their place. */
interface Machine {
  readonly Date: DateConstructor;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
}

/**
 * What all copies of this package in one process have in common, so that one timer carries the jobs of all, and a copy that is
 * loaded while a test tool fakes the time does not take the fakes for the machine.
 */
interface Shared {
  readonly original: Machine;
  readonly passed: (() => number) | undefined;
  /** The queues that were made for clocks of the user's. */
  readonly queues: WeakMap<Clock, TimerQueue>;
  /** The queue on the original machine, made when it is first asked for. */
  readonly machineQueue: () => TimerQueue;
}

/** The number goes up with every change by which copies of two versions would no longer understand each other. */
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
  if (region !== undefined || slackMs > 0 || !same(present, original)) return new TimerQueue(hostOf(present, region), slackMs);
  return shared.machineQueue();
}

function machine(): Machine {
  return { Date: globalThis.Date, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
}

function same(a: Machine, b: Machine): boolean {
  return a.Date === b.Date && a.setTimeout === b.setTimeout && a.clearTimeout === b.clearTimeout;
}

/** Whether a test tool holds the time: it replaces `Date`, or marks its timers with a property `clock` as sinon, Jest and Vitest do. */
function isFaked({ Date, setTimeout }: Machine): boolean {
  return Date !== original.Date || !Function.prototype.toString.call(Date).includes('[native code]') || Object.hasOwn(setTimeout, 'clock');
}

/** The host that these functions make; `region` is where its timers are set. */
function hostOf(present: Machine, region: Region = (work) => work()): Host {
  const host = machineHost(present, region);
  // a faked clock moves when its test says so: nothing is to be noticed meanwhile, and every timer counts there
  if (isFaked(present)) return { ...host, longestSleepMs: LONGEST_DELAY_MS };
  return same(present, original) ? { ...host, ...originalsOnly(host, region) } : host;
}

function virtualHost(clock: Clock): Host {
  const host: Host = { real: false, report, now: () => clock.now(), setTimer: (at, callback) => clock.setTimer(at, callback) };
  if (clock.passed !== undefined) host.passed = () => clock.passed?.() ?? 0;
  return host;
}

/** A timer in Node is an object that can be told not to keep the process alive; in browsers it is a number. */
type Handle = { ref?(): unknown; unref?(): unknown } | number | null | undefined;

interface MachineHost extends Host {
  /** Takes the handle of what the host waits for, which keeps the process alive or not. */
  readonly hold: (handle: Handle) => void;
}

function machineHost({ Date, setTimeout, clearTimeout }: Machine, region: Region): MachineHost {
  let held: Handle;
  let alive = false; // until a timer asks for it
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

/** What holds for the machine's own functions only: a faked world has its own time, and its own tasks. */
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

/** Hands an error that nobody can catch on as RxJS does: to `config.onUnhandledError`, or thrown from a timer of its own. */
function report(error: unknown): void {
  original.setTimeout(() => {
    if (config.onUnhandledError === null) throw error;
    config.onUnhandledError(error);
  });
}
