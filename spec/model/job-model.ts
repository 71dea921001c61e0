// A simple model of one job, written apart from the code: what a scheduler must have told after each command. It knows periods,
// counts and policies, and no timers, streams or events.

export type Overlap = 'skip' | 'queue' | 'latest' | 'replace' | 'allow';

export interface ModelOptions {
  readonly axis: 'elapsed' | 'wall';
  readonly periodMs: number;
  readonly overlap: Overlap;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly maxRuns: number;
  readonly gated: boolean;
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
}

export class JobModel {
  private readonly options: ModelOptions;
  private paused = false;
  private open: boolean;
  private completed = false;
  /** The trigger has told all that it will. */
  private ended = false;
  private elapsed = 0;
  /** Where the present trigger began on its axis, and its period. */
  private origin: number;
  private period: number;
  /** The last occurrence that was told or dropped, on its axis. */
  private told: number;
  private wasSetBack = false;
  private fires = 0;
  private started = 0;
  private active = 0;
  private queued = 0;
  private readonly counts = { succeeded: 0, failed: 0, cancelled: 0, skipped: 0 };

  constructor(options: ModelOptions, now: number, gateOpen: boolean) {
    this.options = options;
    this.open = !options.gated || gateOpen;
    this.period = options.periodMs;
    this.origin = options.axis === 'wall' ? now : 0;
    this.told = this.origin - (options.axis === 'wall' ? this.period : 0);
  }

  get activeRuns(): number {
    return this.active;
  }

  /** The instant of the next occurrence on its axis. */
  private get next(): number {
    return this.told + this.period;
  }

  private get fires_(): boolean {
    return !this.paused && this.open && !this.completed;
  }

  /** Time goes on, and every timer fires at its instant. */
  advance(now: number, ms: number): void {
    const wall = this.options.axis === 'wall';
    const start = wall ? now : this.elapsed;
    if (!this.fires_) return;
    while (this.next <= start + ms && !this.ended) {
      this.told = Math.max(this.next, this.told);
      this.fire();
    }
    if (!this.completed) this.elapsed += this.completedAt(ms, start);
  }

  private completedAt(ms: number, start: number): number {
    return this.ended && this.completed ? Math.max(0, this.told - start) : ms;
  }

  /** Time goes on and nothing runs, then all that is due at once is one fire. */
  block(now: number, ms: number): void {
    if (!this.fires_) return;
    this.elapsed += ms;
    const position = this.options.axis === 'wall' ? now + ms : this.elapsed;
    this.catchUp(position);
  }

  private catchUp(position: number): void {
    if (this.ended || this.next > position) return;
    this.told += Math.floor((position - this.told) / this.period) * this.period;
    this.fire();
  }

  /** The clock is set back to `now`: the wall axis goes on from there, the elapsed one as if nothing were. */
  setBack(now: number): void {
    if (this.options.axis !== 'wall' || this.ended) return;
    if (this.fires_) {
      this.goBackTo(now);
      this.catchUp(now);
    } else {
      this.wasSetBack = true;
    }
  }

  private goBackTo(now: number): void {
    this.told = this.origin + (Math.max(0, Math.ceil((now - this.origin) / this.period)) - 1) * this.period;
  }

  pause(): boolean {
    if (this.paused || this.completed) return false;
    this.paused = true;
    return true;
  }

  resume(now: number): boolean {
    if (!this.paused || this.completed) return false;
    this.paused = false;
    if (this.open) this.goOn(now);
    this.complete();
    return true;
  }

  gate(now: number, open: boolean): void {
    if (!this.options.gated || this.completed || open === this.open) return;
    this.open = open;
    if (open && !this.paused) this.goOn(now);
  }

  private goOn(now: number): void {
    if (this.wasSetBack) this.goBackTo(now);
    this.wasSetBack = false;
    if (this.options.axis === 'wall' && !this.ended && this.next <= now) {
      // what came due meanwhile is one skipped fire
      this.told += Math.floor((now - this.told) / this.period) * this.period;
      this.fires++;
      this.counts.skipped++;
    }
    if (this.options.overlap === 'replace' && this.queued > 0) {
      this.counts.cancelled += this.active;
      this.active = 0;
    }
    this.startQueued();
  }

  runNow(): boolean {
    if (this.completed || this.started + this.queued >= this.options.maxRuns) return false;
    this.admit(true);
    if (this.started + this.queued >= this.options.maxRuns) this.ended = true;
    this.complete();
    return true;
  }

  reschedule(now: number, periodMs: number): boolean {
    if (this.completed) return false;
    this.period = periodMs;
    this.ended = this.started + this.queued >= this.options.maxRuns;
    const wall = this.options.axis === 'wall';
    this.origin = wall ? now : this.elapsed;
    this.told = this.origin;
    this.wasSetBack = false;
    if (wall) this.origin += periodMs; // the new trigger is given a start one period from now
    this.complete();
    return true;
  }

  /** The oldest active run ends. */
  settle(outcome: 'succeeded' | 'failed'): void {
    if (this.active === 0) return;
    this.active--;
    this.counts[outcome]++;
    this.startQueued();
    this.complete();
  }

  private fire(): void {
    const before = this.started + this.queued;
    this.admit(false);
    if (this.started + this.queued > before && this.started + this.queued >= this.options.maxRuns) this.ended = true;
    this.complete();
  }

  private admit(urgent: boolean): void {
    const { overlap, concurrency, queueLimit } = this.options;
    this.fires++;
    const free = this.active === 0 && this.queued === 0;
    const mayStart = urgent || (!this.paused && this.open);
    if (overlap === 'allow' ? this.active + this.queued < concurrency : free) {
      if (mayStart) this.start();
      else this.queued++;
    } else if (overlap === 'queue' && this.queued < queueLimit) {
      this.queued++;
    } else if (overlap === 'latest') {
      if (this.queued > 0) this.counts.skipped++;
      this.queued = 1;
    } else if (overlap === 'replace') {
      if (this.queued > 0) this.counts.skipped += this.queued;
      this.queued = 0;
      if (mayStart) {
        this.counts.cancelled += this.active;
        this.active = 0;
        this.start();
      } else {
        this.queued = 1;
      }
    } else {
      this.counts.skipped++;
    }
  }

  private start(): void {
    this.active++;
    this.started++;
  }

  private startQueued(): void {
    if (this.paused || !this.open) return;
    const limit = this.options.overlap === 'allow' ? this.options.concurrency : 1;
    while (this.queued > 0 && this.active < limit) {
      this.queued--;
      this.start();
    }
  }

  private complete(): void {
    if (this.ended && this.active === 0 && this.queued === 0 && !this.paused) this.completed = true;
  }

  view(now: number): ModelView {
    const position = this.options.axis === 'wall' ? now : this.elapsed;
    return {
      status: this.completed ? 'completed' : this.paused ? 'paused' : 'running',
      gate: this.open ? 'open' : 'closed',
      fireCount: this.fires,
      executionCount: this.started,
      activeRuns: this.active,
      queuedFires: this.queued,
      elapsedTimeMs: this.elapsed,
      ...this.counts,
      nextInMs: this.ended || !this.fires_ ? null : Math.max(0, this.next - position),
    };
  }
}
