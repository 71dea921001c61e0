import { Observable, identity, takeWhile } from 'rxjs';
import type { Unsubscribable } from 'rxjs';
import type { Lane } from '../model/engine.js';
import type { JobCommand } from '../model/job-command.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import { pausedBy } from '../operators/paused-by.js';
import { runs } from '../operators/runs.js';
import { Stopwatch } from '../time/stopwatch.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import type { JobContext, JobObserver } from './job-context.js';
import type { JobPlan } from './job-plan.js';
import { apply, initialState, statusOf } from './job-state.js';
import type { JobState } from './job-state.js';

/**
 * A running job: the subscription to its trigger, and what can be asked of it meanwhile.
 *
 * Lifecycle invariants: its status is the fold of the events that it has told; `removed` is the last of them; once it is
 * unsubscribed no timer and no run of it is left, and it tells nothing more.
 */
export class Job implements Unsubscribable {
  readonly plan: JobPlan;
  private readonly stopwatch: Stopwatch;
  private readonly lane: Lane;
  private readonly observer: JobObserver;
  private readonly state: JobState;
  /** The subscription to the chain of its trigger, from before the trigger can emit. */
  private chain: Unsubscribable | null = null;
  /** The trigger has ended, and the lane is idle. */
  private exhausted = false;
  private removing = false;

  constructor(plan: JobPlan, { timers, engine, observer }: JobContext) {
    this.plan = plan;
    this.stopwatch = new Stopwatch(timers);
    this.lane = engine.open(plan);
    this.observer = observer;
    this.state = initialState(plan.jobId);
  }

  get jobId(): string {
    return this.plan.jobId;
  }

  /** Its first word, and its stopwatch runs; called once, when whoever observes it can find it. */
  announce(): void {
    this.stopwatch.start();
    this.next({ type: 'added', jobId: this.jobId, at: this.now(), triggerType: this.plan.triggerType });
    if (this.plan.startPaused) this.pause();
  }

  /** Subscribes its trigger; called once, after {@link announce}. */
  start(): void {
    if (this.removing) return;
    const { plan, lane, stopwatch } = this;
    const log$ = plan.trigger.pipe(
      pausedBy(stopwatch, plan),
      plan.maxRuns === Infinity ? identity : takeWhile((event) => !this.isLast(event), true),
      runs(plan, lane, () => this.now()),
    );
    new Observable<JobEvent>((subscriber) => {
      this.chain = subscriber;
      return log$.subscribe(subscriber);
    }).subscribe(this);
  }

  /** Ends it at once and without a word. */
  unsubscribe(): void {
    this.removing = true;
    this.chain?.unsubscribe();
    this.stopwatch.stop();
    this.lane.cancel();
  }

  /** The status as it is now. */
  status(): JobStatus {
    return statusOf(this.state, this.stopwatch.elapsedMs());
  }

  /** Stops its time; active runs go on. False when it does not run. */
  pause(): boolean {
    if (this.state.status !== 'running' || this.removing) return false;
    this.stopwatch.stop();
    this.lane.hold();
    this.next({ type: 'paused', jobId: this.jobId, at: this.now() });
    return true;
  }

  /** Lets its time go on. False when it is not paused. */
  resume(): boolean {
    if (this.state.status !== 'paused' || this.removing) return false;
    this.next({ type: 'resumed', jobId: this.jobId, at: this.now() });
    if (this.isRunning()) this.stopwatch.start();
    if (this.isRunning()) this.lane.release();
    this.completeIfExhausted();
    return true;
  }

  /** Calls it off: what is active or queued is cancelled, and it tells no more. False when it is being removed. */
  remove(): boolean {
    if (this.removing) return false;
    this.removing = true;
    this.stopwatch.stop();
    this.lane.cancel(); // while the chain still carries what it reports
    this.chain?.unsubscribe();
    this.next({ type: 'removed', jobId: this.jobId, at: this.now() });
    return true;
  }

  obey(command: JobCommand): boolean {
    switch (command.type) {
      case 'pause':
        return this.pause();
      case 'resume':
        return this.resume();
      case 'remove':
        return this.remove();
    }
  }

  /** One event takes effect; the log calls it from the end of the chain, the job itself for what is not of its trigger. */
  next(event: JobEvent): void {
    apply(this.state, event);
    this.observer.jobEvent(this, event);
    if (event.type === 'failed' && this.plan.pauseOnError) this.pause();
  }

  /** The chain never errors but for a defect of this package; the job then ends as one whose trigger failed. */
  error(error: unknown): void {
    this.next({ type: 'trigger-failed', jobId: this.jobId, at: this.now(), error });
    this.complete();
  }

  complete(): void {
    this.exhausted = true;
    this.completeIfExhausted();
  }

  /** A paused job is not completed before it is resumed. */
  private completeIfExhausted(): void {
    if (!this.exhausted || !this.isRunning()) return;
    this.stopwatch.stop();
    this.next({ type: 'completed', jobId: this.jobId, at: this.now() });
    if (this.plan.removeOnComplete) this.remove();
  }

  /** Whether this fire brings what is started or queued to `maxRuns`. */
  private isLast(event: TriggerEvent): boolean {
    if (event.type !== 'fired' || !this.lane.wouldAdmit()) return false;
    return this.state.executionCount + this.state.queuedFires + 1 >= this.plan.maxRuns;
  }

  private isRunning(): boolean {
    return this.state.status === 'running' && !this.removing;
  }

  private now(): number {
    return this.stopwatch.timers.now();
  }
}
