import type { Observable, Unsubscribable } from 'rxjs';
import { identity, Subscription, takeWhile } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import { bound } from '../guards/bound.js';
import { Lane } from '../lanes/lane.js';
import type { ComingQuery } from '../model/coming-query.js';
import type { Fire } from '../model/fire.js';
import type { JobStatus } from '../model/job-status.js';
import { triggerTypeOf } from '../model/trigger-definition.js';
import { pausedBy } from '../operators/paused-by.js';
import { Stopwatch } from '../time/stopwatch.js';
import { NO_HISTORY } from '../triggers/drive-policy.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { isDropped } from '../triggers/trigger-event.js';
import { followGate } from './gate.js';
import type { JobContext } from './job-context.js';
import type { LedgerOwner } from './job-ledger.js';
import { JobLedger } from './job-ledger.js';
import type { JobPlan, JobPolicy } from './job-plan.js';
import type { LedgerState } from './ledger-state.js';
import { elapsedAt } from './ledger-state.js';
import { Runs } from './runs.js';

/** Options of `removeJob`. */
export interface RemoveOptions {
  /**
   * True lets active runs end first. Queued fires are cancelled at once, and the id is free after the last run.
   *
   * @default false
   */
  readonly drain?: boolean | undefined;
}

/**
 * The life cycle of a job: the subscription to its trigger, and what can be done with the job meanwhile.
 *
 * Lifecycle invariants: `removed` is the last event; after it, or after `unsubscribe`, no timer and no run is left. The stopwatch runs
 * exactly while the job is live, not paused, and its gate is open.
 */
export class Job implements Unsubscribable, LedgerOwner {
  plan: JobPlan;
  readonly context: JobContext;
  private readonly stopwatch: Stopwatch;
  private readonly ledger: JobLedger;
  private readonly lane: Lane;
  /** The subscription to the trigger, set before the trigger can emit, and the observer at its end. */
  private chain: Unsubscribable | null = null;
  private runs: Runs | null = null;
  private gate: Subscription | null = null;
  private hasTriggerEnded = false;
  private phase: 'live' | 'draining' | 'gone' = 'live';
  /** When the last fire was scheduled. A new trigger does not repeat it, unless the clock was set to a new time since. */
  private lastScheduledAt = NaN;
  private lastNewTimeMs = 0;

  constructor(plan: JobPlan, context: JobContext) {
    this.plan = plan;
    this.context = context;
    this.stopwatch = new Stopwatch(context.timers, context.weak);
    this.ledger = new JobLedger(this, plan.jobId);
    this.lane = new Lane(plan, this.ledger, context);
  }

  get jobId(): string {
    return this.plan.jobId;
  }

  /** Starts the stopwatch and emits `added`. Call it once, when the registry already holds the job. */
  announce(): void {
    const { plan, jobId } = this;
    this.stopwatch.start();
    this.ledger.record({ type: 'added', jobId, at: this.now(), triggerType: triggerTypeOf(plan.definition) });
    if (plan.policy.when !== undefined) this.setGate(false);
    if (plan.policy.startPaused) this.pause();
  }

  /** Subscribes to the gate and to the trigger. Call it once, after {@link announce}. */
  start(trigger: Observable<unknown>): void {
    const { when } = this.plan.policy;
    if (when !== undefined && this.isLive()) this.subscribeGate(when);
    // a listener may have removed the job, used up its runs, or given it another trigger
    if (this.isLive() && this.chain === null && !this.hasTriggerEnded) this.subscribeTrigger(trigger);
  }

  /** Ends the job at once, without `removed`. */
  unsubscribe(): void {
    this.phase = 'gone';
    this.stopFiring();
    this.lane.cancel();
  }

  /** The present status. */
  status(): JobStatus {
    const elapsedMs = this.stopwatch.elapsedMs();
    return this.ledger.snapshot(elapsedMs, this.remainingMs(this.context.timers.lastReading));
  }

  /** The status as of the last event. */
  statusAtLastEvent(): JobStatus {
    const { changedAt } = this.ledger;
    return this.ledger.snapshot(elapsedAt(this.ledger, changedAt), this.remainingMs(changedAt));
  }

  get state(): LedgerState {
    return this.ledger;
  }

  /** The value that was emitted last, with the option `keepLastValue`. */
  get lastEmitted(): { readonly value: unknown } | null {
    return this.ledger.lastEmitted;
  }

  /** The coming runs in epoch ms, as many as `maxRuns` allows. If the job does not run now: as if it did. */
  comingRuns(query: Pick<ComingQuery, 'count' | 'from' | 'until'>): number[] {
    if (!this.isLive() || this.hasTriggerEnded) return [];
    const { armedAt, admitted } = this.ledger;
    const isArmed = this.mayFire();
    if (isArmed && Number.isNaN(armedAt)) return [];
    const runsLeft = this.plan.policy.maxRuns - admitted;
    return this.stopwatch.listener?.comingRuns?.({ ...query, runsLeft, armedAt: isArmed ? armedAt : NaN }) ?? [];
  }

  /** Marks the next occurrence: it will be skipped. @returns false if the job is finished, or if the occurrence cannot be known. */
  skipNext(): boolean {
    this.now(); // the caller may have taken long
    this.lane.proceed(); // a pending fire goes first
    const wasFiring = this.mayFire();
    if (!this.isLive() || this.hasTriggerEnded || this.stopwatch.listener?.skipNext?.() !== true) return false;
    if (!wasFiring && this.isLive()) this.ledger.armed(NaN); // for listeners: the remaining time has changed
    return true;
  }

  /** True if a run is active. */
  get active(): boolean {
    return this.ledger.activeRuns > 0;
  }

  /** Stops the job's time. Active runs and their retries continue. @returns false if the job is not running. */
  pause(): boolean {
    if (this.ledger.status !== 'running' || this.phase !== 'live') return false;
    this.suspend();
    this.ledger.record({ type: 'paused', jobId: this.jobId, at: this.now() });
    return true;
  }

  /** Lets the job's time continue if its gate is open. @returns false if the job is not paused. */
  resume(): boolean {
    if (this.ledger.status !== 'paused' || this.phase !== 'live') return false;
    this.ledger.record({ type: 'resumed', jobId: this.jobId, at: this.now() });
    this.unsuspend();
    this.checkEnd();
    return true;
  }

  /**
   * Adds one fire at once, even to a paused job. `overlap` and `maxRuns` apply. @returns false if the job is finished or has no run left.
   */
  runNow(): boolean {
    this.now(); // the caller may have taken long
    this.lane.proceed(); // a pending fire goes first
    if (!this.isLive() || !this.hasRunsLeft()) return false;
    const at = this.now();
    const fire = { index: this.stopwatch.nextOrdinal(), scheduledAt: at, firedAt: at, missedCount: 0 };
    const isLast = this.lane.wouldAdmit() && !this.hasRunsLeft(1);
    this.lane.admit(fire, null, true);
    if (isLast) {
      this.remember(at);
      this.hasTriggerEnded = true; // a listener that resumes the job must not arm the trigger again
    }
    this.ledger.fired(fire, !isLast);
    if (isLast) this.endTrigger();
    this.lane.proceed();
    return true;
  }

  /** Replaces the trigger. Counts, pause, gate and elapsed time stay. @returns false if the job is finished. */
  reschedule(plan: JobPlan, trigger: Observable<unknown>): boolean {
    if (!this.isLive()) return false;
    this.now(); // the caller may have taken long
    // what is due at this moment still belongs to the old trigger, and must not run in the async context of the caller
    this.context.timers.inContext(() => this.stopwatch.listener?.flush?.());
    this.lane.proceed();
    if (!this.isLive()) return false;
    this.leaveTrigger();
    if (!this.isLive()) return false; // the teardown of the old trigger removed the job
    this.plan = plan;
    this.hasTriggerEnded = false;
    this.ledger.record({ type: 'rescheduled', jobId: this.jobId, at: this.now(), triggerType: triggerTypeOf(plan.definition) });
    if (this.plan !== plan || !this.isLive()) return true; // a listener rescheduled or removed the job
    if (this.hasRunsLeft()) this.subscribeTrigger(trigger);
    else this.endTrigger();
    return true;
  }

  /** Cancels active runs and queued fires and emits `removed`. With `drain` active runs end first. @returns false if the job is gone. */
  remove({ drain = false }: RemoveOptions = {}): boolean {
    if (this.phase === 'gone') return false;
    if (drain) {
      if (this.phase === 'live') this.drain();
      return true;
    }
    this.phase = 'gone';
    this.lane.cancel();
    this.stopFiring();
    this.ledger.record({ type: 'removed', jobId: this.jobId, at: this.now() });
    return true;
  }

  /** A fire of the trigger was admitted. */
  fired(fire: Fire): void {
    this.remember(fire.scheduledAt);
    this.ledger.fired(fire, false);
  }

  /** The timer for the next fire was set. NaN means that no fire is known to come. */
  armed(runAt: number): void {
    const isNews = !Number.isNaN(runAt) || !Number.isNaN(this.ledger.armedAt);
    if (isNews && !this.hasTriggerEnded) this.ledger.armed(runAt);
  }

  /** The trigger at the start of this chain failed. The job may have another one by now. */
  triggerFailed(runs: Runs, error: unknown): void {
    if (runs === this.runs) this.ledger.record({ type: 'trigger-failed', jobId: this.jobId, at: this.now(), error });
  }

  /** The trigger at the start of this chain has ended. The job may have another one by now. */
  triggerEnded(runs: Runs): void {
    if (runs !== this.runs) return;
    this.hasTriggerEnded = true;
    this.checkEnd();
  }

  /** Ends the trigger. The job completes after its active and queued runs. */
  endTrigger(): void {
    this.leaveTrigger();
    this.hasTriggerEnded = true;
    if (!Number.isNaN(this.ledger.armedAt) && !this.lane.isIdle) this.ledger.armed(NaN);
    this.checkEnd();
  }

  afterLaneEvent(hasFailed: boolean): void {
    if (hasFailed && this.plan.policy.pauseOnError) this.pause();
    this.checkEnd();
  }

  /** Time until the next fire at `now`, or what the stopped stopwatch keeps. */
  private remainingMs(now: number): number | null {
    if (!this.isLive() || this.hasTriggerEnded) return null;
    if (!this.mayFire()) return this.stopwatch.listener?.remainingMs?.() ?? null;
    const { armedAt } = this.ledger;
    return Number.isNaN(armedAt) ? null : Math.max(0, armedAt - now);
  }

  private now(): number {
    return this.context.timers.now();
  }

  private subscribeTrigger(trigger: Observable<unknown>): void {
    const { plan, lane, stopwatch } = this;
    const { timers, log } = this.context;
    const lastScheduledAt = this.lastNewTimeMs === timers.newTimeMs ? this.lastScheduledAt : NaN;
    const isBusy = !lane.isIdle;
    // the chain keeps it: new jobs share one
    const history = Number.isNaN(lastScheduledAt) && !isBusy ? NO_HISTORY : { lastScheduledAt, isBusy };
    const runs = new Runs(this, lane);
    this.runs = runs;
    const events$ = trigger.pipe(
      pausedBy(stopwatch, plan, log, history),
      plan.policy.maxRuns === Infinity ? identity : takeWhile((event) => !this.isLast(event), true),
    );
    bound(events$, (subscriber) => {
      this.chain = subscriber;
    }).subscribe(runs);
  }

  private subscribeGate(when: NonNullable<JobPolicy['when']>): void {
    const gate = new Subscription();
    this.gate = gate;
    const { log } = this.context;
    const { jobId } = this;
    const name = `${jobName(jobId)}: its gate`;
    gate.add(
      followGate(
        when,
        (open) => {
          if (!gate.closed) this.setGate(open);
        },
        (error) => {
          if (error === undefined) log({ level: 'info', message: `${name} completed and stays as it is`, jobId });
          else log({ level: 'error', message: `${name} failed and stays as it is`, jobId, error });
        },
      ),
    );
  }

  private setGate(open: boolean): void {
    if (!this.isLive() || this.ledger.gateOpen === open) return;
    if (!open) this.suspend();
    this.ledger.record({ type: 'gate', jobId: this.jobId, at: this.now(), open });
    if (open) this.unsuspend();
  }

  private drain(): void {
    this.phase = 'draining';
    this.stopFiring();
    if (!this.lane.isIdle) this.ledger.record({ type: 'draining', jobId: this.jobId, at: this.now() });
    this.lane.drain();
    this.checkEnd();
  }

  private remember(scheduledAt: number): void {
    this.lastScheduledAt = scheduledAt;
    this.lastNewTimeMs = this.context.timers.newTimeMs;
  }

  private suspend(): void {
    this.stopwatch.stop();
    this.lane.pause();
  }

  private unsuspend(): void {
    if (this.mayFire()) this.stopwatch.start();
    if (this.mayFire()) this.lane.resume();
  }

  /** If no run is left: completes or removes a job that has ended, and lets a spaced trigger continue. */
  private checkEnd(): void {
    if (!this.lane.isIdle) return;
    if (this.phase === 'draining') {
      this.remove();
    } else if (!this.hasTriggerEnded && this.phase === 'live') {
      if (this.plan.policy.spaced) this.stopwatch.listener?.runsEnded?.();
    } else if (this.hasTriggerEnded && this.ledger.status === 'running' && this.phase === 'live') {
      this.stopwatch.stop();
      this.ledger.record({ type: 'completed', jobId: this.jobId, at: this.now() });
      this.gate?.unsubscribe();
      if (this.plan.policy.removeOnComplete) this.remove();
    }
  }

  /** Stops everything that could fire the job. */
  private stopFiring(): void {
    this.stopwatch.stop();
    this.leaveTrigger();
    this.gate?.unsubscribe();
  }

  private leaveTrigger(): void {
    this.runs = null;
    this.chain?.unsubscribe();
    this.stopwatch.setListener(null);
  }

  /** True if this fire uses up `maxRuns`. */
  private isLast(event: TriggerEvent): boolean {
    return typeof event !== 'number' && !isDropped(event) && this.lane.wouldAdmit() && !this.hasRunsLeft(1);
  }

  private hasRunsLeft(besides = 0): boolean {
    return this.ledger.admitted + besides < this.plan.policy.maxRuns;
  }

  private mayFire(): boolean {
    const { status, gateOpen } = this.ledger;
    return status === 'running' && gateOpen && this.phase === 'live';
  }

  private isLive(): boolean {
    return this.phase === 'live' && this.ledger.status !== 'completed';
  }
}
