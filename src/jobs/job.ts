import { Observable, Subscription, identity, takeWhile } from 'rxjs';
import type { Unsubscribable } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import type { Lane, LaneOwner } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import { pausedBy } from '../operators/paused-by.js';
import { Runs } from '../operators/runs.js';
import type { RunsOwner } from '../operators/runs.js';
import { Stopwatch } from '../time/stopwatch.js';
import { isDropped } from '../triggers/trigger-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { followGate } from './gate.js';
import type { JobContext } from './job-context.js';
import type { JobPlan, JobPolicy } from './job-plan.js';
import { apply, applyArmed, applyFired, applyStarted, applySucceeded, initialState, statusOf } from './job-state.js';
import type { JobState } from './job-state.js';

/** What can be asked for when a job is removed. */
export interface RemoveOptions {
  /** Whether active runs may end first; fires that wait are cancelled at once, and the id is free after the last run. Default false. */
  readonly drain?: boolean | undefined;
}

/**
 * A running job: the subscription to its trigger, and what can be asked of it meanwhile.
 *
 * Lifecycle invariants: its status is the fold of the events that it has told; `removed` is the last of them; once it is
 * gone no timer and no run of it is left. Its stopwatch runs exactly while it is running, not paused, and its gate is open.
 */
export class Job implements Unsubscribable, LaneOwner, RunsOwner {
  plan: JobPlan;
  private readonly context: JobContext;
  private readonly stopwatch: Stopwatch;
  private readonly lane: Lane;
  private readonly state: JobState;
  /** The subscription to the chain of its trigger, from before the trigger can emit, and the end of that chain. */
  private chain: Unsubscribable | null = null;
  private runs: Runs | null = null;
  private gate: Subscription | null = null;
  private hasEnded = false;
  private phase: 'live' | 'draining' | 'gone' = 'live';
  /** When the last fire was due: another trigger does not report it again, unless the clock was set to a new time since. */
  private toldAt = NaN;
  private toldInTime = 0;

  constructor(plan: JobPlan, context: JobContext) {
    this.plan = plan;
    this.context = context;
    this.stopwatch = new Stopwatch(context.timers, context.weak);
    this.state = initialState(plan.jobId);
    this.lane = context.engine.open(plan, this);
  }

  get jobId(): string {
    return this.plan.jobId;
  }

  /** Its first word, and its stopwatch runs; called once, when whoever observes it can find it. */
  announce(): void {
    const { plan, jobId } = this;
    this.stopwatch.start();
    this.log({ type: 'added', jobId, at: this.now(), triggerType: plan.triggerType });
    if (plan.policy.when !== undefined) this.setGate(false);
    if (plan.policy.startPaused) this.pause();
  }

  /** Subscribes its gate and its trigger; called once, after {@link announce}. */
  start(trigger: Observable<unknown>): void {
    const { when } = this.plan.policy;
    if (when !== undefined && this.isLive()) this.follow(when);
    // a listener may have removed it, used its runs up, or given it another trigger
    if (this.isLive() && this.chain === null && !this.hasEnded) this.subscribeTrigger(trigger);
  }

  /** Ends it at once and without `removed`: its observer does not listen any more. */
  unsubscribe(): void {
    this.phase = 'gone';
    this.release();
    this.lane.cancel();
  }

  /** The status as it is now. */
  status(): JobStatus {
    return statusOf(this.state, this.stopwatch.elapsedMs());
  }

  /** Whether a run is under way. */
  get active(): boolean {
    return this.state.activeRuns > 0;
  }

  /** Stops its time; active runs and their retries go on. False when it does not run. */
  pause(): boolean {
    if (this.state.status !== 'running' || this.phase !== 'live') return false;
    this.stand();
    this.log({ type: 'paused', jobId: this.jobId, at: this.now() });
    return true;
  }

  /** Lets its time go on, if its gate is open. False when it is not paused. */
  resume(): boolean {
    if (this.state.status !== 'paused' || this.phase !== 'live') return false;
    this.log({ type: 'resumed', jobId: this.jobId, at: this.now() });
    this.goOn();
    this.settle();
    return true;
  }

  /** One extra fire at once, paused or not; overlap and `maxRuns` hold. False when it is finished, or no run is left. */
  runNow(): boolean {
    this.now(); // whoever asks for this may have taken long
    this.lane.proceed(); // what came before goes first
    if (!this.isLive() || !this.hasRunsLeft()) return false;
    const at = this.now();
    const fire = { index: this.stopwatch.nextOrdinal(), scheduledAt: at, firedAt: at, missedCount: 0 };
    const isLast = this.lane.wouldAdmit() && !this.hasRunsLeft(1);
    this.lane.admit(fire, null, true);
    applyFired(this.state, !isLast);
    if (isLast) {
      this.remember(at);
      this.hasEnded = true; // a listener that resumes the job does not arm the trigger again
    }
    if (this.isHeeded()) this.tell({ type: 'fired', jobId: this.jobId, at, fire, ...(!isLast && { extra: true }) });
    if (isLast) this.endTrigger();
    this.lane.proceed();
    return true;
  }

  /** Another trigger from now on; counts, pause, gate and elapsed time stay. False when it is finished. */
  reschedule(plan: JobPlan, trigger: Observable<unknown>): boolean {
    if (!this.isLive()) return false;
    this.now(); // whoever asks for this may have taken long
    // what is due at this very moment still belongs to the old one, and does not run in the context of the caller
    this.context.timers.inContext(() => this.stopwatch.listener?.flush?.());
    this.lane.proceed();
    if (!this.isLive()) return false;
    this.leaveTrigger();
    if (!this.isLive()) return false; // the teardown of the old one has removed it
    this.plan = plan;
    this.hasEnded = false;
    this.log({ type: 'rescheduled', jobId: this.jobId, at: this.now(), triggerType: plan.triggerType });
    if (this.plan !== plan || !this.isLive()) return true; // a listener was quicker
    if (this.hasRunsLeft()) this.subscribeTrigger(trigger);
    else this.endTrigger();
    return true;
  }

  /** Cancels what is active or queued, and ends with `removed`; with `drain`, active runs end first. False when it is gone. */
  remove({ drain = false }: RemoveOptions = {}): boolean {
    if (this.phase === 'gone') return false;
    if (drain) {
      if (this.phase === 'live') this.drain();
      return true;
    }
    this.phase = 'gone';
    this.lane.cancel();
    this.release();
    this.log({ type: 'removed', jobId: this.jobId, at: this.now() });
    return true;
  }

  fired(fire: Fire): void {
    applyFired(this.state, false);
    this.remember(fire.scheduledAt);
    if (this.isHeeded()) this.tell({ type: 'fired', jobId: this.jobId, at: fire.firedAt, fire });
  }

  armed(runAt: number): void {
    if (this.hasEnded) return;
    applyArmed(this.state, runAt);
    if (this.isHeeded()) this.tell({ type: 'armed', jobId: this.jobId, at: this.now(), runAt });
  }

  runStarted(fire: Fire, at: number): void {
    applyStarted(this.state);
    if (this.isHeeded()) this.tell({ type: 'started', jobId: this.jobId, at, fire, attempt: 1 });
  }

  runEmitted(fire: Fire, at: number, value: unknown): void {
    if (this.isHeeded()) this.tell({ type: 'emitted', jobId: this.jobId, at, fire, value });
  }

  runSucceeded(fire: Fire, startedAt: number, at: number): void {
    applySucceeded(this.state, fire, startedAt, at);
    if (this.isHeeded()) this.tell({ type: 'succeeded', jobId: this.jobId, at, fire, startedAt });
    this.settle();
  }

  laneEvent(event: JobEvent): void {
    this.log(event);
    if (event.type === 'failed' && this.plan.policy.pauseOnError) this.pause();
    this.settle();
  }

  triggerFailed(runs: Runs, error: unknown): void {
    if (runs === this.runs) this.log({ type: 'trigger-failed', jobId: this.jobId, at: this.now(), error });
  }

  triggerEnded(runs: Runs): void {
    if (runs !== this.runs) return;
    this.hasEnded = true;
    this.settle();
  }

  /** An event takes effect. */
  private log(event: JobEvent): void {
    apply(this.state, event);
    this.tell(event);
  }

  private tell(event: JobEvent): void {
    this.context.observer.jobEvent(this, event);
  }

  /** Whether an event is to be made; who counts changes is told in any case. */
  private isHeeded(): boolean {
    const { observer } = this.context;
    if (observer.heeds(this)) return true;
    observer.jobChanged(this);
    return false;
  }

  private now(): number {
    return this.context.timers.now();
  }

  private subscribeTrigger(trigger: Observable<unknown>): void {
    const { plan, lane, stopwatch } = this;
    const { timers, log } = this.context;
    const toldAt = this.toldInTime === timers.newTimeMs ? this.toldAt : NaN;
    const runs = new Runs(this, lane);
    this.runs = runs;
    const events$ = trigger.pipe(
      pausedBy(stopwatch, plan, log, { toldAt, busy: !lane.idle }),
      plan.policy.maxRuns === Infinity ? identity : takeWhile((event) => !this.isLast(event), true),
    );
    new Observable<TriggerEvent>((subscriber) => {
      this.chain = subscriber;
      return events$.subscribe(subscriber);
    }).subscribe(runs);
  }

  private endTrigger(): void {
    this.leaveTrigger();
    this.hasEnded = true;
    this.settle();
  }

  private follow(when: NonNullable<JobPolicy['when']>): void {
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
          if (error === undefined) log({ level: 'info', message: `${name} has completed and stays as it is`, jobId });
          else log({ level: 'error', message: `${name} failed and stays as it is`, jobId, error });
        },
      ),
    );
  }

  private setGate(open: boolean): void {
    if (!this.isLive() || this.state.gateOpen === open) return;
    if (!open) this.stand();
    this.log({ type: 'gate', jobId: this.jobId, at: this.now(), open });
    if (open) this.goOn();
  }

  private drain(): void {
    this.phase = 'draining';
    this.release();
    if (!this.lane.idle) this.log({ type: 'draining', jobId: this.jobId, at: this.now() });
    this.lane.drain();
    this.settle();
  }

  private remember(toldAt: number): void {
    this.toldAt = toldAt;
    this.toldInTime = this.context.timers.newTimeMs;
  }

  private stand(): void {
    this.stopwatch.stop();
    this.lane.hold();
  }

  private goOn(): void {
    if (this.mayFire()) this.stopwatch.start();
    if (this.mayFire()) this.lane.release();
  }

  /** After all that may have been the last: a run that waited for the others goes on, or the job is completed or gone. */
  private settle(): void {
    if (!this.lane.idle) return;
    if (this.phase === 'draining') {
      this.remove();
    } else if (!this.hasEnded && this.phase === 'live') {
      if (this.plan.policy.spaced) this.stopwatch.listener?.runsEnded?.();
    } else if (this.hasEnded && this.state.status === 'running' && this.phase === 'live') {
      this.stopwatch.stop();
      this.log({ type: 'completed', jobId: this.jobId, at: this.now() });
      this.gate?.unsubscribe();
      if (this.plan.policy.removeOnComplete) this.remove();
    }
  }

  /** Lets go of all that could make it fire. */
  private release(): void {
    this.stopwatch.stop();
    this.leaveTrigger();
    this.gate?.unsubscribe();
  }

  private leaveTrigger(): void {
    this.runs = null;
    this.chain?.unsubscribe();
    this.stopwatch.handTo(null);
  }

  /** Whether this fire brings what is started or queued to `maxRuns`. */
  private isLast(event: TriggerEvent): boolean {
    return typeof event !== 'number' && !isDropped(event) && this.lane.wouldAdmit() && !this.hasRunsLeft(1);
  }

  private hasRunsLeft(besides = 0): boolean {
    return this.state.executionCount + this.state.queuedFires + besides < this.plan.policy.maxRuns;
  }

  private mayFire(): boolean {
    return this.state.status === 'running' && this.state.gateOpen && this.phase === 'live';
  }

  private isLive(): boolean {
    return this.phase === 'live' && this.state.status !== 'completed';
  }
}
