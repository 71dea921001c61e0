import type { Engine, EngineJob, Lane } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent, SkipReason } from '../model/job-event.js';
import type { Overlap } from '../model/job-options.js';
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

const policies: Readonly<Record<Overlap, Decide>> = {
  skip: decideSkip,
  queue: decideQueue,
  latest: decideLatest,
  replace: decideReplace,
  allow: decideAllow,
};

/** The engine that calls job functions here, in this process. */
export function inProcessEngine(timers: EngineTimers): Engine {
  return { open: (job) => new InProcessLane(job, timers) };
}

/** What an engine has to know of time. */
export interface EngineTimers {
  now(): number;
  /** Calls back after so many ms. */
  delay(ms: number, callback: () => void): Cancel;
}

/**
 * One job's fires on their way to runs.
 *
 * Lifecycle invariants: a fire is in exactly one place, pending, queued or active, until it is reported as ended; runs start
 * in the order of their fires; after `cancel` nothing is called any more.
 */
class InProcessLane implements Lane, RunOwner, Load {
  readonly job: EngineJob;
  private readonly timers: EngineTimers;
  active = 0;
  private readonly decide: Decide;
  private reportTo: (event: JobEvent) => void = () => undefined;
  /** The fire that was admitted and not carried out, and what was decided on it. */
  private pending: Fire | null = null;
  private decision: Decision = 'start';
  private urgent = false;
  private queue: Fire[] | null = null;
  /** The active runs, newest first, as a list that runs can leave in any order. */
  private runs: Run | null = null;
  private held = false;
  private closed = false;
  private pumping = false;

  constructor(job: EngineJob, timers: EngineTimers) {
    this.job = job;
    this.timers = timers;
    this.decide = policies[job.overlap];
  }

  get queued(): number {
    return this.queue?.length ?? 0;
  }

  get concurrency(): number {
    return this.job.concurrency;
  }

  get queueLimit(): number {
    return this.job.queueLimit;
  }

  get idle(): boolean {
    return isFree(this) && this.pending === null;
  }

  attach(report: (event: JobEvent) => void): void {
    this.reportTo = report;
  }

  wouldAdmit(): boolean {
    const decision = this.decide(this);
    return decision === 'start' || decision === 'queue' || decision === 'replace';
  }

  now(): number {
    return this.timers.now();
  }

  delay(ms: number, callback: () => void): Cancel {
    return this.timers.delay(ms, callback);
  }

  admit(fire: Fire, declined: SkipReason | null, urgent = false): void {
    this.proceed(); // a fire that comes from inside a listener of another: the other goes first
    this.decision = declined ?? this.decide(this);
    this.pending = fire;
    this.urgent = urgent;
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
    if (this.job.overlap === 'replace') this.replaceRuns(false);
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

  private cancelQueue(): void {
    for (let fire = this.queue?.shift(); fire !== undefined; fire = this.queue?.shift()) this.cancelWaiting(fire);
    this.proceed(); // what is pending is cancelled now
  }

  report(event: JobEvent): void {
    this.reportTo(event);
  }

  runEnded(run: Run, event: JobEvent): void {
    this.unlink(run);
    this.active--;
    this.report(event);
    this.pump();
  }

  /** Starts what waits, as far as it may. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const limit = this.job.overlap === 'allow' ? this.job.concurrency : 1;
    while (!this.held && !this.closed && this.active < limit) {
      const fire = this.queue?.shift();
      if (fire === undefined) break;
      this.start(fire);
    }
    this.pumping = false;
  }

  private start(fire: Fire): void {
    const run = new Run(fire, this);
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
    else this.start(fire);
  }

  private mustWait(urgent: boolean): boolean {
    return this.held && !urgent;
  }

  private skip(fire: Fire, reason: SkipReason): void {
    this.report({ type: 'skipped', jobId: this.job.jobId, at: this.now(), fire, reason });
  }

  private cancelWaiting(fire: Fire): void {
    this.report({ type: 'cancelled', jobId: this.job.jobId, at: this.now(), fire, startedAt: null });
  }

  private cancelRuns(): void {
    const { pumping } = this;
    this.pumping = true; // nothing starts between two cancellations
    const present: Run[] = []; // one that a listener starts meanwhile is not meant
    for (let run = this.runs; run !== null; run = run.older) present.push(run);
    for (const run of present) run.cancel();
    this.pumping = pumping;
  }

  private unlink(run: Run): void {
    if (run.newer === null) this.runs = run.older;
    else run.newer.older = run.older;
    if (run.older !== null) run.older.newer = run.newer;
  }
}
