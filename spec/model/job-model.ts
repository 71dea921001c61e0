// A model of one job, written apart from the code: what a scheduler must have reported after each command. It knows periods, counts and
// policies, and has no streams and no events but those on which a listener acts. Its time has two readings, as the clock of the spec.
import { chance } from '../../src/model/chance.js';

type Overlap = 'skip' | 'queue' | 'latest' | 'replace' | 'allow';

/** What a listener does at the `nth` event of a type: once. */
export interface Acting {
  readonly on: 'fired' | 'started' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';
  readonly nth: number;
  readonly act: 'pause' | 'resume' | 'runNow' | 'reschedule' | 'skipNext';
}

export interface ModelOptions {
  readonly axis: 'elapsed' | 'wall';
  readonly periodMs: number;
  /** On the elapsed axis alone: the next period begins when the runs have ended. */
  readonly spaced: boolean;
  /** On the wall axis alone: how long after its start the first occurrence is due, and until when others are. */
  readonly startMs: number;
  readonly endMs: number;
  readonly overlap: Overlap;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly maxRuns: number;
  readonly gated: boolean;
  readonly misfire: 'once' | 'skip' | 'all';
  readonly misfireLimit: number;
  readonly graceMs: number;
  /** On the wall axis alone: whether what comes due in a pause is left to the misfire policy. */
  readonly catchesUp: boolean;
  readonly jitterMs: number;
  readonly retries: number;
  readonly retryMs: number;
  readonly timeoutMs: number;
  readonly acting: Acting | null;
}

/** What can be seen of a job from outside. */
export interface ModelView {
  readonly status: 'running' | 'paused' | 'completed';
  readonly gate: 'open' | 'closed';
  readonly fireCount: number;
  readonly executionCount: number;
  readonly activeRuns: number;
  readonly queuedFires: number;
  readonly elapsedTimeMs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  /** In how many ms the next fire comes; null for never. */
  readonly nextInMs: number | null;
  /** The same, and while the job is paused what its stopwatch keeps. */
  readonly remainingMs: number | null;
}

/** The period of the trigger that a listener gives the job. */
export const NEXT_PERIOD_MS = 70;
const MINUTE = 60_000;

type Decision = 'start' | 'queue' | 'latest' | 'replace' | 'skip';

/** A run: with an attempt under way, or waiting for the next. */
interface ModelRun {
  attempts: number;
  /** The number of the attempt that is under way, by which the oldest is found; NaN between attempts. */
  current: number;
}

interface ModelTimer {
  readonly due: number;
  readonly order: number;
  readonly run: ModelRun;
  readonly kind: 'retry' | 'timeout';
}

export class JobModel {
  private readonly options: ModelOptions;
  private readonly jobId: string;
  private wall: number;
  private steady = 0;
  private elapsed = 0;
  private paused = false;
  private open: boolean;
  private held: boolean;
  private completed = false;
  /** The trigger has reported all that it will. */
  private ended = false;
  /** Where the present trigger began on its axis, its period, whether it is spaced, its first occurrence and its last. */
  private origin: number;
  private period: number;
  private spaced: boolean;
  private first: number;
  private last: number;
  /** The earliest occurrence that was neither fired nor dropped; NaN where nothing is left, or while a spaced trigger rests. */
  private next: number;
  /** How many of the coming occurrences were marked by skipNext. */
  private marks = 0;
  private resting = false;
  private delivering = false;
  /** What was fired or dropped last, on the wall axis: a new trigger does not report it again. */
  private lastScheduledAt = NaN;
  /** Counts triggers: what one does after another has taken its place has no effect. */
  private trigger = 0;
  /** For what the timer of the next fire was set, and when that is due; it is set anew when the job has stood still. */
  private timerSet = '';
  private timerAt = Infinity;
  private stands = 0;
  private setToNewTime = false;
  private pending: { readonly decision: Decision; readonly urgent: boolean } | null = null;
  private queue = 0;
  private runs: ModelRun[] = [];
  private timers: ModelTimer[] = [];
  private numbers = 0;
  private pumping = false;
  private fires = 0;
  private started = 0;
  private heard = 0;
  private readonly counts = { succeeded: 0, failed: 0, cancelled: 0, skipped: 0 };

  constructor(jobId: string, options: ModelOptions, now: number, gateOpen: boolean) {
    this.jobId = jobId;
    this.options = options;
    this.wall = now;
    this.open = !options.gated || gateOpen;
    this.held = !this.open;
    this.period = options.periodMs;
    this.spaced = options.spaced;
    const isWall = options.axis === 'wall';
    this.origin = isWall ? now + options.startMs : 0;
    this.first = isWall ? this.origin : this.period;
    this.last = isWall ? now + options.endMs : Infinity;
    this.next = this.first <= this.last ? this.first : NaN;
    if (Number.isNaN(this.next)) this.endTrigger();
  }

  // ---- commands

  /** Time goes on, and every timer fires at its instant. */
  advance(ms: number): void {
    const end = this.steady + ms;
    for (;;) {
      const fireAt = this.fireAt();
      const [timer] = this.timers.sort((a, b) => a.due - b.due || a.order - b.order);
      const due = Math.min(fireAt, timer?.due ?? Infinity);
      if (!(due <= end)) break;
      this.pass(Math.max(due, this.steady) - this.steady);
      if (fireAt <= due) this.fireDue();
      else if (timer !== undefined) this.timerDue(timer);
    }
    this.pass(end - this.steady);
  }

  /** Time goes on and nothing runs; then all that is due comes at once. */
  block(ms: number): void {
    this.pass(ms);
    this.advance(0);
  }

  /** The wall clock is set back: by a minute or more is a new time, from which the wall axis goes on; less changes nothing. */
  setBack(ms: number): void {
    this.wall -= ms;
    if (ms >= MINUTE) this.lastScheduledAt = NaN;
    if (this.options.axis === 'wall') this.timerAt += ms;
    if (this.options.axis !== 'wall' || this.ended || ms < MINUTE) return;
    this.setToNewTime = true;
    if (this.firesNow()) this.startAfresh();
  }

  pause(): boolean {
    if (this.paused || this.completed) return false;
    this.paused = true;
    this.stand();
    return true;
  }

  resume(): boolean {
    if (!this.paused || this.completed) return false;
    this.paused = false;
    this.goOn();
    this.settle();
    return true;
  }

  gate(open: boolean): void {
    if (!this.options.gated || this.completed || open === this.open) return;
    this.open = open;
    if (open) this.goOn();
    else this.stand();
  }

  runNow(): boolean {
    this.proceed();
    if (this.completed || !this.hasRunsLeft(0)) return false;
    const isLast = this.wouldAdmit() && !this.hasRunsLeft(1);
    this.admit(true);
    this.emit('fired');
    if (isLast) this.endTrigger();
    this.proceed();
    return true;
  }

  reschedule(periodMs: number, spaced: boolean): boolean {
    if (this.completed) return false;
    // what is due at this very moment still belongs to the old trigger
    if (!this.delivering && !this.resting && !this.ended && this.firesNow() && this.isDue(this.next)) this.fireDue();
    this.proceed();
    if (this.isCompleted()) return false;
    this.trigger++;
    this.period = periodMs;
    this.spaced = spaced;
    this.setToNewTime = false;
    this.ended = false;
    this.resting = false;
    this.marks = 0;
    const isWall = this.options.axis === 'wall';
    this.last = Infinity;
    this.origin = isWall ? this.wall + periodMs : this.elapsed; // the new wall trigger is given a start one period from now
    this.first = isWall ? this.origin : periodMs;
    this.next = isWall && this.first === this.lastScheduledAt ? this.after(this.first) : this.first;
    if (!this.hasRunsLeft(0)) {
      this.endTrigger();
    } else if (spaced && !this.isIdle()) {
      this.resting = true;
      this.next = NaN;
    }
    return true;
  }

  skipNext(): boolean {
    this.proceed();
    if (this.completed || this.ended || this.resting || Number.isNaN(this.unmarked())) return false;
    this.marks++;
    return true;
  }

  /** The oldest attempt that is under way ends. */
  settleOldest(outcome: 'succeeded' | 'failed'): void {
    const [oldest] = this.runs.filter(({ current }) => !Number.isNaN(current)).sort((a, b) => a.current - b.current);
    if (oldest !== undefined) this.attemptEnded(oldest, outcome);
  }

  view(): ModelView {
    const next = this.unmarked();
    const left = Number.isNaN(next) ? null : Math.max(0, next + this.jitter(next) - this.position);
    const nextInMs = this.fireAt() === Infinity ? null : this.marks > 0 ? left : Math.max(0, this.fireAt() - this.steady);
    const kept = this.options.axis === 'wall' || this.ended || this.completed ? null : left;
    return {
      status: this.completed ? 'completed' : this.paused ? 'paused' : 'running',
      gate: this.open ? 'open' : 'closed',
      fireCount: this.fires,
      executionCount: this.started,
      activeRuns: this.runs.length,
      queuedFires: this.queue,
      elapsedTimeMs: this.elapsed,
      ...this.counts,
      nextInMs,
      remainingMs: this.firesNow() ? nextInMs : kept,
    };
  }

  // ---- time

  private pass(ms: number): void {
    this.steady += ms;
    this.wall += ms;
    if (this.firesNow()) this.elapsed += ms;
  }

  private get position(): number {
    return this.options.axis === 'wall' ? this.wall : this.elapsed - this.origin;
  }

  /** The steady instant of the next fire, as it was when its timer was set; Infinity for never. */
  private fireAt(): number {
    if (this.ended || !this.firesNow() || Number.isNaN(this.next)) return Infinity;
    const set = `${String(this.next)} ${String(this.trigger)} ${String(this.stands)}`;
    if (set !== this.timerSet) this.timerAt = this.steady + Math.max(0, this.next + this.jitter(this.next) - this.position);
    this.timerSet = set;
    return this.timerAt;
  }

  /** The first occurrence that is not marked. */
  private unmarked(): number {
    let { next } = this;
    for (let mark = 0; mark < this.marks; mark++) next = this.after(next);
    return next;
  }

  private after(instant: number): number {
    const next = instant + this.period;
    return next <= this.last ? next : NaN;
  }

  private jitter(instant: number): number {
    const next = this.after(instant);
    const room = Number.isNaN(next) ? Infinity : this.period - 1;
    return Math.floor(Math.min(room, this.options.jitterMs) * chance(this.jobId, instant));
  }

  private isDue(instant: number): boolean {
    return instant + this.jitter(instant) <= this.position;
  }

  private startAfresh(): void {
    if (!this.setToNewTime) return;
    this.setToNewTime = false;
    const first = this.origin + Math.max(0, Math.ceil((this.wall - this.origin) / this.period)) * this.period;
    if (first <= this.last) this.next = Math.min(this.next, first); // what was due before stays due
  }

  // ---- the trigger

  private fireDue(): void {
    const { misfire, misfireLimit, graceMs } = this.options;
    const present = this.trigger;
    const isPresent = (): boolean => this.trigger === present && !this.ended;
    const isTooLate = (instant: number): boolean => this.position - instant - this.jitter(instant) > graceMs;
    this.dropMarked();
    if (!isPresent()) return;
    if (!this.isDue(this.next) || !this.firesNow()) {
      this.endIfOver();
      return;
    }
    if (this.spaced) {
      const instant = this.next;
      if (misfire === 'skip' && isTooLate(instant)) {
        this.next = this.position + this.period;
        this.drop(instant);
        return;
      }
      this.next = NaN;
      this.resting = true;
      this.deliver(instant);
      return;
    }
    const due: number[] = [];
    for (let instant = this.next; this.isDue(instant); instant = this.after(instant)) due.push(instant);
    const newest = due.at(-1) ?? NaN;
    const next = this.after(newest);
    if (misfire === 'all' && (due.length > 1 || isTooLate(newest))) {
      this.next = due[Math.max(0, due.length - misfireLimit)] ?? NaN;
      while (this.next <= newest && this.firesNow() && isPresent()) {
        const instant = this.next;
        this.next = this.after(instant);
        this.deliver(instant);
      }
    } else if (misfire === 'skip' && isTooLate(newest)) {
      this.next = next;
      this.drop(newest);
      if (isPresent()) this.endIfOver();
    } else {
      if (misfire === 'skip' && due.length > 1) {
        this.next = newest;
        this.drop(due.at(-2) ?? NaN);
        if (!this.firesNow() || !isPresent()) return; // a listener has paused it: the newest is left for the resume
      }
      this.next = next;
      this.deliver(newest);
    }
  }

  /** The occurrences that skipNext marked are skipped fires of their own. */
  private dropMarked(): void {
    const present = this.trigger;
    while (this.marks > 0 && this.trigger === present && !this.ended && this.firesNow() && this.isDue(this.next)) {
      const instant = this.next;
      this.marks--;
      this.next = this.spaced ? this.position + this.period : this.after(instant);
      this.drop(instant);
    }
  }

  /** A fire, then what comes next, then its run. */
  private deliver(instant: number): void {
    this.lastScheduledAt = instant;
    const present = this.trigger;
    if (this.marks > 0) {
      this.marks--; // a listener of the fire before has marked this one
      this.drop(instant);
      if (this.trigger === present && !this.ended) this.endIfOver();
      return;
    }
    const isLast = this.wouldAdmit() && !this.hasRunsLeft(1);
    this.delivering = true;
    this.admit(false);
    this.emit('fired');
    if (isLast) this.proceed(); // the trigger ends with it: nothing of it comes any more
    this.delivering = false;
    this.proceed();
    if (this.trigger !== present) return;
    if (isLast) this.endTrigger();
    else this.endIfOver();
  }

  /** A fire that does not run. */
  private drop(instant: number): void {
    this.lastScheduledAt = instant;
    this.delivering = true;
    this.proceed();
    this.fires++;
    this.pending = { decision: 'skip', urgent: false };
    this.emit('fired');
    this.proceed();
    this.delivering = false;
  }

  private endIfOver(): void {
    if (Number.isNaN(this.next) && !this.resting) this.endTrigger();
  }

  private endTrigger(): void {
    this.ended = true;
    this.settle();
  }

  private stand(): void {
    this.held = true;
    this.stands++;
  }

  private goOn(): void {
    if (!this.firesNow()) return;
    if (!this.delivering && !this.ended) this.armAgain();
    if (!this.firesNow()) return;
    this.held = false;
    if (this.options.overlap === 'replace') this.replaceRuns(false);
    else this.pump();
  }

  /** The trigger goes on after a pause: what came due meanwhile is one skipped fire, unless the job catches up. */
  private armAgain(): void {
    this.startAfresh();
    if (this.options.axis === 'wall' && !this.options.catchesUp && this.isDue(this.next)) {
      const present = this.trigger;
      this.dropMarked();
      if (this.trigger === present && !this.ended && this.firesNow() && this.isDue(this.next)) {
        let newest = this.next;
        for (; this.isDue(this.next); this.next = this.after(this.next)) newest = this.next;
        this.drop(newest);
      }
      if (this.trigger === present && !this.ended) this.endIfOver();
    }
    this.proceed(); // when it is known what comes next, the fire before it goes its way
  }

  // ---- runs

  private firesNow(): boolean {
    return !this.paused && this.open && !this.completed;
  }

  private isCompleted(): boolean {
    return this.completed;
  }

  private hasRunsLeft(besides: number): boolean {
    return this.started + this.queue + (this.pending === null ? 0 : 1) + besides < this.options.maxRuns;
  }

  private isIdle(): boolean {
    return this.runs.length === 0 && this.queue === 0 && this.pending === null;
  }

  private decide(): Decision {
    const { overlap, concurrency, queueLimit } = this.options;
    if (overlap === 'allow') return this.runs.length + this.queue < concurrency ? 'start' : 'skip';
    if (this.runs.length === 0 && this.queue === 0) return 'start';
    if (overlap === 'queue') return this.queue < queueLimit ? 'queue' : 'skip';
    if (overlap === 'latest') return this.queue === 0 ? 'queue' : 'latest';
    return overlap;
  }

  /** Whether a fire now would add to what is started or queued. */
  private wouldAdmit(): boolean {
    const decision = this.decide();
    return decision === 'start' || decision === 'queue' || (decision === 'replace' && this.queue === 0);
  }

  private admit(urgent: boolean): void {
    this.proceed();
    this.fires++;
    this.pending = { decision: this.decide(), urgent };
  }

  private proceed(): void {
    const { pending } = this;
    if (pending === null) return;
    this.pending = null;
    const { decision, urgent } = pending;
    if (decision === 'start') {
      if (this.held && !urgent) this.queue++;
      else this.start();
    } else if (decision === 'skip') {
      this.skip();
    } else {
      this.queue++;
      while (decision !== 'queue' && this.queue > 1) {
        this.queue--;
        this.skip();
      }
      if (decision === 'replace') this.replaceRuns(urgent);
      else this.pump();
    }
  }

  private skip(): void {
    this.counts.skipped++;
    this.emit('skipped');
    this.settle();
  }

  private replaceRuns(urgent: boolean): void {
    if (this.held && !urgent) return;
    if (this.queue > 0) this.cancelRuns();
    if ((this.held && !urgent) || this.queue === 0) return;
    this.queue--;
    this.start();
  }

  private cancelRuns(): void {
    const { pumping } = this;
    this.pumping = true;
    for (const run of [...this.runs].reverse()) {
      if (!this.runs.includes(run)) continue;
      this.endRun(run);
      this.counts.cancelled++;
      this.emit('cancelled');
      this.settle();
    }
    this.pumping = pumping;
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const limit = this.options.overlap === 'allow' ? this.options.concurrency : 1;
    while (!this.held && this.runs.length < limit && this.queue > 0) {
      this.queue--;
      this.start();
    }
    this.pumping = false;
  }

  private start(): void {
    const run: ModelRun = { attempts: 0, current: NaN };
    this.runs.push(run);
    this.started++;
    this.attempt(run);
  }

  private attempt(run: ModelRun): void {
    run.attempts++;
    this.emit('started');
    if (!this.runs.includes(run)) return;
    run.current = this.numbers++;
    const { timeoutMs } = this.options;
    if (timeoutMs < Infinity) this.timers.push({ due: this.steady + timeoutMs, order: this.numbers++, run, kind: 'timeout' });
  }

  private timerDue(timer: ModelTimer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    if (timer.kind === 'retry') this.attempt(timer.run);
    else this.attemptEnded(timer.run, 'failed');
  }

  private attemptEnded(run: ModelRun, outcome: 'succeeded' | 'failed'): void {
    run.current = NaN;
    this.timers = this.timers.filter((timer) => timer.run !== run);
    if (outcome === 'failed' && run.attempts <= this.options.retries) {
      this.timers.push({ due: this.steady + this.options.retryMs, order: this.numbers++, run, kind: 'retry' });
      this.emit('retrying');
      return;
    }
    this.endRun(run);
    this.counts[outcome]++;
    this.emit(outcome);
    this.settle();
    this.pump();
  }

  private endRun(run: ModelRun): void {
    this.runs = this.runs.filter((other) => other !== run);
    this.timers = this.timers.filter((timer) => timer.run !== run);
  }

  /** After all that may have been the last: a spaced trigger goes on, or the job is completed. */
  private settle(): void {
    if (!this.isIdle() || this.completed) return;
    if (!this.ended && this.spaced && this.resting) {
      this.resting = false;
      this.next = this.position + this.period;
    } else if (this.ended && !this.paused) {
      this.completed = true;
    }
  }

  private emit(type: Acting['on']): void {
    const { acting } = this.options;
    if (acting?.on !== type || ++this.heard !== acting.nth) return;
    if (acting.act === 'reschedule') this.reschedule(NEXT_PERIOD_MS, false);
    else this[acting.act]();
  }
}
