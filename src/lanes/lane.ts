import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';
import type { LogFunction } from '../model/logger.js';
import type { Region } from '../model/region.js';
import { currentContext } from '../time/async-context.js';
import type { TimerQueue } from '../time/timer-queue.js';
import type { LaneContext, LaneJob, LaneReporter } from './lane-job.js';
import type { Decision, Load, OverlapPolicy } from './overlap/overlap-policy.js';
import { isFree } from './overlap/overlap-policy.js';
import { OVERLAP_POLICIES } from './overlap/policies.js';
import type { RunLane } from './run.js';
import { Run } from './run.js';

/**
 * Turns the fires of one job into runs, in this process.
 *
 * Lifecycle invariants: every admitted fire is in exactly one place, pending, queued or active, until the lane reports one of
 * `succeeded`, `failed`, `cancelled` and `skipped` for it. Runs start in the order of their fires. After {@link cancel} the lane calls
 * nothing.
 */
export class Lane implements RunLane, Load {
  readonly job: LaneJob;
  active = 0;
  readonly reporter: LaneReporter;
  private readonly context: LaneContext;
  /** The fire that was admitted but not yet carried out, and the decision about it. */
  private pending: Fire | null = null;
  private decision: Decision = 'start';
  private isUrgent = false;
  private queue: Fire[] | null = null;
  /** Async contexts of the callers of `runNow`, for fires that do not run at once. */
  private callers: Map<Fire, Region> | null = null;
  /** The active runs, newest first: a linked list, since runs end in any order. */
  private runs: Run | null = null;
  isPaused = false;
  private isClosed = false;
  private isPumping = false;

  constructor(job: LaneJob, reporter: LaneReporter, context: LaneContext) {
    this.job = job;
    this.reporter = reporter;
    this.context = context;
  }

  get timers(): TimerQueue {
    return this.context.timers;
  }

  get log(): LogFunction {
    return this.context.log;
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

  /** True if nothing is active, queued or pending. */
  get isIdle(): boolean {
    return isFree(this) && this.pending === null;
  }

  /** True if one more fire would be started or queued. Changes nothing. */
  wouldAdmit(): boolean {
    const decision = this.overlap.decide(this);
    if (decision === 'replace') return this.queued === 0; // a queued fire is superseded
    return decision === 'start' || decision === 'queue';
  }

  /**
   * Admits a fire and decides what happens to it. {@link proceed} carries out the decision.
   *
   * @param declined the reason if the fire is skipped in any case.
   * @param isUrgent true for a fire that starts even while the lane is paused.
   */
  admit(fire: Fire, declined: SkipReason | null, isUrgent = false): void {
    this.proceed(); // a listener may admit this fire while another one is pending: that one goes first
    this.decision = declined ?? this.overlap.decide(this);
    this.pending = fire;
    this.isUrgent = isUrgent;
    // only if it is needed: it takes up to 21 µs
    if (isUrgent && (this.decision !== 'start' || this.job.policy.retry !== null)) (this.callers ??= new Map()).set(fire, currentContext());
  }

  /** Carries out the last decision: starts the run, queues the fire, or reports that it is skipped. Calls user code. */
  proceed(): void {
    const fire = this.pending;
    if (fire === null) return;
    this.pending = null;
    if (this.isClosed) {
      this.cancelFire(fire);
      return;
    }
    switch (this.decision) {
      case 'start':
        if (this.mustWait(this.isUrgent)) this.enqueue(fire);
        else this.start(fire);
        break;
      case 'queue':
        this.enqueue(fire);
        this.pump();
        break;
      case 'supersede':
        this.enqueue(fire);
        this.supersede();
        this.pump(); // a listener may have ended the run that it waited for
        break;
      case 'replace':
        this.enqueue(fire);
        this.supersede();
        this.replaceRuns(this.isUrgent);
        break;
      default:
        this.skip(fire, this.decision);
    }
  }

  /** Keeps queued fires waiting. Active runs continue. */
  pause(): void {
    this.isPaused = true;
  }

  /** Starts queued fires again. */
  resume(): void {
    this.isPaused = false;
    if (this.overlap.replacesRuns) this.replaceRuns(false);
    else this.pump();
    this.resumeRetries();
  }

  /** Cancels all queued fires and admits no more. Active runs continue, even those that wait with a retry. */
  drain(): void {
    this.isClosed = true;
    this.isPaused = false;
    this.cancelQueue();
    this.resumeRetries();
  }

  /** Cancels all active runs and queued fires, and admits no more. */
  cancel(): void {
    this.isClosed = true;
    this.cancelRuns();
    this.cancelQueue();
  }

  /** Cancels the queued fires and the pending one. */
  cancelQueue(): void {
    for (let fire = this.queue?.shift(); fire !== undefined; fire = this.queue?.shift()) this.cancelFire(fire);
    const { pending } = this;
    this.pending = null;
    if (pending !== null) this.cancelFire(pending);
  }

  runOver(run: Run): void {
    this.unlink(run);
    this.active--;
  }

  runEnded(): void {
    if (this.queue !== null) this.pump();
  }

  private get overlap(): OverlapPolicy {
    return OVERLAP_POLICIES[this.job.policy.overlap];
  }

  /** Starts the retries that wait, outside the async context of the code that resumed the job. */
  private resumeRetries(): void {
    if (this.job.policy.retry?.waits !== true) return;
    for (const run of this.activeRuns()) {
      if (this.isPaused) return; // a listener paused the job
      this.timers.inContext(() => {
        run.resume();
      });
    }
  }

  /** Starts queued fires, up to the limit of the policy. */
  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    const limit = this.overlap.maxActive(this);
    while (!this.isPaused && !this.isClosed && this.active < limit) {
      const fire = this.queue?.shift();
      if (fire === undefined) break;
      this.startQueued(fire);
    }
    this.isPumping = false;
  }

  /** Starts a queued fire outside the async context of the code that ended the previous run or resumed the job. */
  private startQueued(fire: Fire): void {
    this.timers.inContext(() => {
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

  /** Skips all queued fires except the newest. */
  private supersede(): void {
    while (this.queued > 1) {
      const fire = this.queue?.shift();
      if (fire !== undefined) this.skip(fire, 'superseded');
    }
  }

  /** Cancels the active runs and starts the queued fire. */
  private replaceRuns(isUrgent: boolean): void {
    if (this.mustWait(isUrgent)) return;
    if (this.queued > 0) this.cancelRuns();
    if (this.mustWait(isUrgent)) return; // a listener paused the job
    const fire = this.queue?.shift();
    if (fire === undefined) return;
    if (this.isClosed) this.cancelFire(fire);
    else this.startQueued(fire);
  }

  private mustWait(isUrgent: boolean): boolean {
    return this.isPaused && !isUrgent;
  }

  private skip(fire: Fire, reason: SkipReason): void {
    this.callers?.delete(fire);
    this.reporter.laneEvent({ type: 'skipped', jobId: this.job.jobId, at: this.timers.now(), fire, reason });
  }

  private cancelFire(fire: Fire): void {
    this.callers?.delete(fire);
    this.reporter.laneEvent({ type: 'cancelled', jobId: this.job.jobId, at: this.timers.now(), fire, startedAt: null, attempts: 0 });
  }

  private cancelRuns(): void {
    if (this.runs === null) return;
    const wasPumping = this.isPumping;
    this.isPumping = true; // no queued fire starts between two cancellations
    for (const run of this.activeRuns()) run.cancel(); // a run that a listener starts meanwhile is not cancelled
    this.timers.now(); // teardowns may have taken long
    this.isPumping = wasPumping;
  }

  private activeRuns(): readonly Run[] {
    const active: Run[] = [];
    for (let run: Run | null = this.runs; run !== null; run = run.older) active.push(run);
    return active;
  }

  private unlink(run: Run): void {
    if (run.newer === null) this.runs = run.older;
    else run.newer.older = run.older;
    if (run.older !== null) run.older.newer = run.newer;
  }
}
