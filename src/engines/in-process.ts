import type { Engine, EngineJob, Lane, LaneOwner } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';
import type { Overlap } from '../model/job-options.js';
import type { LogFunction } from '../model/logger.js';
import { currentContext } from '../time/async-context.js';
import type { Region } from '../model/region.js';
import type { Cancel } from '../time/clock.js';
import { decideAllow } from './overlap/allow.js';
import { isFree } from './overlap/decision.js';
import type { Decide, Decision, Load } from './overlap/decision.js';
import { decideLatest } from './overlap/latest.js';
import { decideQueue } from './overlap/queue.js';
import { decideReplace } from './overlap/replace.js';
import { decideSkip } from './overlap/skip.js';
import { Run } from './run.js';
import type { RunOwner } from './run.js';

const POLICIES: Readonly<Record<Overlap, Decide>> = {
  skip: decideSkip,
  queue: decideQueue,
  latest: decideLatest,
  replace: decideReplace,
  allow: decideAllow,
};

/** The engine that calls job functions here, in this process; failures that are not the outcome of a run go to the log. */
export function inProcessEngine(timers: EngineTimers, log: LogFunction): Engine {
  const world: EngineWorld = { timers, log };
  return { open: (job, owner) => new InProcessLane(job, owner, world) };
}

/** What an engine has to know of time. */
export interface EngineTimers {
  now(): number;
  /** The last reading of the clock. Whatever starts a run has just read it. */
  readonly lastReading: number;
  /** Ms since some moment, whatever the wall clock is set to. */
  passed(): number;
  /** Calls back when `ms` have passed, and keeps the process alive until then. */
  delay(ms: number, callback: () => void): Cancel;
  /** Calls the function in the async context in which timers call back. */
  inContext(work: () => void): void;
}

/** What all lanes of an engine have in common. */
interface EngineWorld {
  readonly timers: EngineTimers;
  readonly log: LogFunction;
}

/**
 * One job's fires on their way to runs.
 *
 * Lifecycle invariants: a fire is in exactly one place, pending, queued or active, until it is reported as ended; runs start
 * in the order of their fires; after `cancel` nothing is called any more.
 */
class InProcessLane implements Lane, RunOwner, Load {
  readonly job: EngineJob;
  active = 0;
  readonly owner: LaneOwner;
  private readonly world: EngineWorld;
  /** The fire that was admitted and not carried out, and what was decided on it. */
  private pending: Fire | null = null;
  private decision: Decision = 'start';
  private urgent = false;
  private queue: Fire[] | null = null;
  /** The async contexts of those who asked for fires that do not run at once. */
  private callers: Map<Fire, Region> | null = null;
  /** The active runs, newest first, as a list that runs can leave in any order. */
  private runs: Run | null = null;
  private held = false;
  private closed = false;
  private pumping = false;

  constructor(job: EngineJob, owner: LaneOwner, world: EngineWorld) {
    this.job = job;
    this.owner = owner;
    this.world = world;
  }

  get log(): LogFunction {
    return this.world.log;
  }

  get queued(): number {
    return this.queue?.length ?? 0;
  }

  get concurrency(): number {
    return this.job.policy.concurrency;
  }

  get queueLimit(): number {
    return this.job.policy.queueLimit;
  }

  get idle(): boolean {
    return isFree(this) && this.pending === null;
  }

  wouldAdmit(): boolean {
    const decision = this.decide();
    if (decision === 'replace') return this.queued === 0; // what waits gives way
    return decision === 'start' || decision === 'queue';
  }

  now(): number {
    return this.world.timers.now();
  }

  get lastReading(): number {
    return this.world.timers.lastReading;
  }

  passed(): number {
    return this.world.timers.passed();
  }

  delay(ms: number, callback: () => void): Cancel {
    return this.world.timers.delay(ms, callback);
  }

  admit(fire: Fire, declined: SkipReason | null, urgent = false): void {
    this.proceed(); // a fire that comes from inside a listener of another: the other goes first
    this.decision = declined ?? this.decide();
    this.pending = fire;
    this.urgent = urgent;
    // taken only where it is needed: it costs up to 21 µs
    if (urgent && (this.decision !== 'start' || this.job.policy.retry !== null)) (this.callers ??= new Map()).set(fire, currentContext());
  }

  proceed(): void {
    const fire = this.pending;
    if (fire === null) return;
    this.pending = null;
    if (this.closed) {
      this.cancelWaiting(fire);
      return;
    }
    switch (this.decision) {
      case 'start':
        if (this.mustWait(this.urgent)) this.enqueue(fire);
        else this.start(fire);
        break;
      case 'queue':
        this.enqueue(fire);
        this.pump();
        break;
      case 'supersede':
        this.enqueue(fire);
        this.supersede();
        this.pump(); // a listener may have ended what it waited for
        break;
      case 'replace':
        this.enqueue(fire);
        this.supersede();
        this.replaceRuns(this.urgent);
        break;
      default:
        this.skip(fire, this.decision);
    }
  }

  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    if (this.job.policy.overlap === 'replace') this.replaceRuns(false);
    else this.pump();
  }

  drain(): void {
    this.closed = true;
    this.cancelQueue();
  }

  cancel(): void {
    this.closed = true;
    this.cancelRuns();
    this.cancelQueue();
  }

  private decide(): Decision {
    return POLICIES[this.job.policy.overlap](this);
  }

  private cancelQueue(): void {
    for (let fire = this.queue?.shift(); fire !== undefined; fire = this.queue?.shift()) this.cancelWaiting(fire);
    this.proceed(); // what is pending is cancelled now
  }

  runOver(run: Run): void {
    this.unlink(run);
    this.active--;
  }

  runEnded(): void {
    if (this.queue !== null) this.pump();
  }

  /** Starts what waits, as far as it may. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const limit = this.job.policy.overlap === 'allow' ? this.concurrency : 1;
    while (!this.held && !this.closed && this.active < limit) {
      const fire = this.queue?.shift();
      if (fire === undefined) break;
      this.startWaiting(fire);
    }
    this.pumping = false;
  }

  /** Starts a fire that waited: not in the context of the code that ended the run before, or that resumed the job. */
  private startWaiting(fire: Fire): void {
    this.world.timers.inContext(() => {
      this.start(fire);
    });
  }

  private start(fire: Fire): void {
    const run = new Run(fire, this, this.job.context ?? this.callers?.get(fire) ?? null);
    this.callers?.delete(fire);
    run.older = this.runs;
    if (this.runs !== null) this.runs.newer = run;
    this.runs = run;
    this.active++;
    run.start();
  }

  private enqueue(fire: Fire): void {
    (this.queue ??= []).push(fire);
  }

  /** All that wait give way to the newest. */
  private supersede(): void {
    while (this.queued > 1) {
      const fire = this.queue?.shift();
      if (fire !== undefined) this.skip(fire, 'superseded');
    }
  }

  /** Gives what waits the place of what runs, unless it is held back. */
  private replaceRuns(urgent: boolean): void {
    if (this.mustWait(urgent)) return;
    if (this.queued > 0) this.cancelRuns();
    if (this.mustWait(urgent)) return; // a listener paused the job
    const fire = this.queue?.shift();
    if (fire === undefined) return;
    if (this.closed) this.cancelWaiting(fire);
    else this.startWaiting(fire);
  }

  private mustWait(urgent: boolean): boolean {
    return this.held && !urgent;
  }

  private skip(fire: Fire, reason: SkipReason): void {
    this.callers?.delete(fire);
    this.owner.laneEvent({ type: 'skipped', jobId: this.job.jobId, at: this.now(), fire, reason });
  }

  private cancelWaiting(fire: Fire): void {
    this.callers?.delete(fire);
    this.owner.laneEvent({ type: 'cancelled', jobId: this.job.jobId, at: this.now(), fire, startedAt: null });
  }

  private cancelRuns(): void {
    if (this.runs === null) return;
    const { pumping } = this;
    this.pumping = true; // nothing starts between two cancellations
    const present: Run[] = []; // one that a listener starts meanwhile is not meant
    for (let run: Run | null = this.runs; run !== null; run = run.older) present.push(run);
    for (const run of present) run.cancel();
    this.now(); // their teardowns may have taken long
    this.pumping = pumping;
  }

  private unlink(run: Run): void {
    if (run.newer === null) this.runs = run.older;
    else run.newer.older = run.older;
    if (run.older !== null) run.older.newer = run.newer;
  }
}
