// User code that interferes, at random: every place that calls user code does anything to its own job, once, in the middle of a random day.
import type { JobOptions, JobStatus, Misfire, Overlap } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  oneTimeTrigger,
  Scheduler,
  timestampTrigger,
  unionTrigger,
} from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import fc from 'fast-check';
import type { Observable } from 'rxjs';
import { BehaviorSubject, of, Subject, throwError, timer } from 'rxjs';
import { isDeep } from '../support/deep.js';
import { must } from '../support/must.js';
import { NEW_YEAR } from '../support/scheduler-harness.js';

const PLACES = ['job', 'around', 'completeWhen', 'event', 'outcome', 'status', 'value', 'source', 'predicate', 'delayMs'] as const;
const ACTS = [
  'pause',
  'resume',
  'remove',
  'drain',
  'runNow',
  'skipNext',
  'reschedule',
  'throw',
  'gate',
  'look',
  'shutdown',
  'nothing',
] as const;
const KINDS = ['interval', 'grid', 'cron', 'custom', 'filter', 'union', 'spaced', 'timestamps', 'plain', 'since', 'one-time'] as const;
const STEPS = ['advance', 'block', 'sleep', 'back', 'forward', 'pause', 'resume', 'skipNext', 'runNow', 'gate', 'reschedule'] as const;

interface Plan {
  readonly place: (typeof PLACES)[number];
  readonly act: (typeof ACTS)[number];
  /** The act happens at the nth call of the place. */
  readonly nth: number;
  readonly kind: (typeof KINDS)[number];
  readonly result: 'value' | 'failure' | 'slow' | 'stream';
  readonly ends: 'never' | 'at three' | 'wrongly';
  readonly overlap: Overlap;
  readonly misfire: Misfire;
  readonly maxRuns: number | undefined;
  readonly jitter: number;
  readonly retries: number;
  readonly whenClosed: 'continue' | 'wait';
  readonly timeout: number | undefined;
  readonly keepLastValue: boolean;
  readonly onError: 'continue' | 'pause';
  readonly steps: readonly { readonly what: (typeof STEPS)[number]; readonly ms: number }[];
}

const plans: fc.Arbitrary<Plan> = fc
  .record({
    place: fc.constantFrom(...PLACES),
    act: fc.constantFrom(...ACTS),
    nth: fc.integer({ min: 1, max: 6 }),
    kind: fc.constantFrom(...KINDS),
    result: fc.constantFrom<Plan['result'][]>('value', 'failure', 'slow', 'stream'),
    ends: fc.constantFrom<Plan['ends'][]>('never', 'at three', 'wrongly'),
    overlap: fc.constantFrom<Overlap[]>('skip', 'queue', 'latest', 'replace', 'allow'),
    misfire: fc.constantFrom<Misfire[]>('once', 'skip', 'all'),
    maxRuns: fc.constantFrom(undefined, 1, 3, 7),
    jitter: fc.constantFrom(0, 300),
    retries: fc.constantFrom(0, 2),
    whenClosed: fc.constantFrom<Plan['whenClosed'][]>('continue', 'wait'),
    timeout: fc.constantFrom(undefined, 700),
    keepLastValue: fc.boolean(),
    onError: fc.constantFrom<Plan['onError'][]>('continue', 'pause'),
    steps: fc.array(fc.record({ what: fc.constantFrom(...STEPS), ms: fc.integer({ min: 0, max: 4000 }) }), { minLength: 5, maxLength: 25 }),
  })
  .filter(({ place, act }) => place !== 'source' || act !== 'skipNext'); // a source that asks itself for the answer that it is about to give

/** One plan on its own scheduler, beside a job that must not notice. */
class Interference {
  private readonly clock = new VirtualClock(NEW_YEAR);
  private readonly scheduler = new Scheduler({ clock: this.clock, logger: false });
  private readonly plan: Plan;
  private readonly gate = new BehaviorSubject(true);
  private readonly plain = new Subject<number>();
  private readonly types: string[] = [];
  private readonly ends = new Map<object, number>();
  private calls = 0;
  private acts = 0;
  private asked = 0;
  private value = 0;
  private beats = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    const { scheduler } = this;
    scheduler.addIntervalJob('bystander', 500, () => {
      this.beats++;
    });
    scheduler.events({ jobId: 'a' }).subscribe((event) => {
      this.types.push(event.type);
      if (event.type === 'fired') this.ends.set(event.fire, 0);
      if (event.type === 'succeeded' || event.type === 'failed' || event.type === 'cancelled' || event.type === 'skipped')
        this.ends.set(event.fire, (this.ends.get(event.fire) ?? NaN) + 1);
      this.at('event');
    });
    scheduler.outcomes$.subscribe(({ jobId }) => {
      if (jobId === 'a') this.at('outcome');
    });
    scheduler.addJob('a', this.trigger(), () => this.job(), this.options());
    scheduler.status$('a').subscribe(() => {
      this.at('status');
    });
    scheduler.values$('a').subscribe(() => {
      this.at('value');
    });
  }

  private options(): JobOptions {
    const { overlap, misfire, maxRuns, jitter, retries, whenClosed, timeout, keepLastValue, onError, ends } = this.plan;
    const delayMs = (): number => {
      this.at('delayMs');
      return 400;
    };
    return {
      ...{ overlap, misfire, maxRuns, jitter, timeout, keepLastValue, onError },
      retry: { count: retries, delayMs, whenClosed },
      when: this.gate,
      around: (_run, next) => {
        this.at('around');
        return next();
      },
      completeWhen: (value) => {
        this.at('completeWhen');
        return ends === 'wrongly' ? (Promise.reject(new Error('async')) as never) : ends === 'at three' && Number(value) >= 3;
      },
    };
  }

  private job(): unknown {
    this.at('job');
    if (this.plan.result === 'failure') return throwError(() => new Error('no'));
    if (this.plan.result === 'slow') return timer(1500, this.clock);
    return this.plan.result === 'stream' ? of(++this.value, ++this.value) : ++this.value;
  }

  private trigger(): Observable<unknown> {
    const now = this.clock.now();
    switch (this.plan.kind) {
      case 'interval':
        return intervalTrigger(1000);
      case 'grid':
        return intervalTrigger(1000, { startTime: now + 500, endTime: now + 60_000 });
      case 'cron':
        return cronTrigger('* * * * * *');
      case 'custom':
        return customTrigger({
          next: (after) => {
            this.asked++;
            this.at('source');
            return after + 900;
          },
        });
      case 'filter':
        return filterTrigger(cronTrigger('* * * * * *'), (time) => {
          this.at('predicate');
          return (time / 1000) % 3 !== 0;
        });
      case 'union':
        return unionTrigger(intervalTrigger(700), intervalTrigger(1100));
      case 'spaced':
        return intervalTrigger(1000, { spaced: true });
      case 'timestamps':
        return timestampTrigger([0, 500, 600, 3000, 9000]);
      case 'plain':
        return this.plain;
      case 'since':
        return cronTrigger('*/2 * * * * *', { since: NEW_YEAR - 9000 });
      case 'one-time':
        return oneTimeTrigger(now + 1500);
    }
  }

  /** User code was called at a place. */
  private at(place: Plan['place']): void {
    if (place !== this.plan.place || ++this.calls !== this.plan.nth) return;
    this.acts++;
    if (this.plan.act === 'throw') throw new Error('an act');
    if (this.plan.act === 'drain') this.scheduler.removeJob('a', { drain: true });
    else if (this.plan.act === 'remove') this.scheduler.removeJob('a');
    else if (this.plan.act === 'shutdown') void this.scheduler.shutdown();
    else if (this.plan.act === 'look') this.look();
    else if (this.plan.act !== 'nothing') this.command(this.plan.act);
  }

  private command(what: 'pause' | 'resume' | 'runNow' | 'skipNext' | 'reschedule' | 'gate'): void {
    const { scheduler, gate } = this;
    if (what === 'pause') scheduler.pauseJob('a');
    else if (what === 'resume') scheduler.resumeJob('a');
    else if (what === 'runNow') scheduler.runNow('a');
    else if (what === 'skipNext') scheduler.skipNext('a');
    else if (what === 'reschedule') scheduler.reschedule('a', this.trigger());
    else gate.next(!gate.value);
  }

  private look(): void {
    this.scheduler.nextRunTimes('a');
    this.scheduler.describeJob('a');
    this.scheduler.statusSnapshot('a');
    this.scheduler.totals();
  }

  step({ what, ms }: Plan['steps'][number]): void {
    const { clock } = this;
    if (what === 'advance') {
      clock.advanceBySync(ms);
      if (this.plan.kind === 'plain') this.plain.next(ms);
    } else if (what === 'block') clock.block(ms);
    else if (what === 'sleep') clock.sleepForSync(ms);
    else if (what === 'back') clock.step(-ms * (ms % 3 === 0 ? 40 : 1));
    else if (what === 'forward') clock.step(ms);
    else this.command(what);
    clock.advanceBySync(0);
    this.check();
  }

  private check(): void {
    const { scheduler } = this;
    const { outcomes, activeRuns, queuedFires, fireCount } = scheduler.totals();
    must(fireCount, sumOf(outcomes) + activeRuns + queuedFires, 'the totals');
    const status = scheduler.getJobStatus('a');
    if (status === null) return;
    must(status.fireCount, sumOf(status.outcomes) + status.activeRuns + status.queuedFires, 'the accounting');
    const { asked, acts } = this;
    const coming = scheduler.nextRunTimes('a', { count: 3 });
    must(this.asked, asked, 'questions to the source by nextRunTimes');
    if (this.acts !== acts) return; // the predicate acted meanwhile
    if (status.status === 'running' && status.gate === 'open') must(coming[0] ?? null, status.nextRunTime, 'the first of nextRunTimes');
    else must(status.nextRunTime, null, 'nextRunTime of a job that cannot fire');
    const snapshot = scheduler.statusSnapshot('a');
    must(snapshot === scheduler.statusSnapshot('a'), true, 'the identity of the snapshot');
    must({ ...snapshot, ...MOVING }, { ...status, ...MOVING }, 'the snapshot');
  }

  end(): void {
    const { beats } = this;
    this.clock.advanceBySync(1000);
    if (this.plan.act !== 'shutdown' || this.acts === 0) must(this.beats > beats, true, 'the bystander runs');
    void this.scheduler.shutdown();
    must(this.clock.pending.length, 0, 'timers after shutdown');
    const removed = this.types.indexOf('removed');
    must(removed < 0 || removed === this.types.length - 1, true, `removed is the last event, in ${this.types.join(' ')}`);
    for (const ends of this.ends.values()) must(ends, 1, `outcomes of one fire, in ${this.types.join(' ')}`);
  }
}

/** What moves between two events. */
const MOVING = { elapsedTimeMs: 0, remainingMs: 0 };

function sumOf({ succeeded, failed, cancelled, skipped }: JobStatus['outcomes']): number {
  return succeeded + failed + cancelled + skipped;
}

describe('user code that interferes', () => {
  it('breaks no other job, no count and no promise of the streams, wherever it does what', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const interference = new Interference(plan);
        for (const step of plan.steps) interference.step(step);
        interference.end();
      }),
      { numRuns: isDeep ? 100_000 : 2_000 },
    );
    expect().nothing();
  }, 3_600_000);

  it('may remove the job when skipNext announces what comes next', () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const types: string[] = [];
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.events$.subscribe(({ type }) => {
      types.push(type);
      if (type === 'armed') scheduler.removeJob('a');
    });
    scheduler.skipNext('a');
    expect(types).toEqual(['armed', 'removed']);
  });

  it('leaves no timer if a predicate, which the jitter asks, removes its job', () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    let calls = 0;
    const predicate = (): boolean => {
      if (++calls === 2) scheduler.removeJob('a');
      return true;
    };
    scheduler.addJob('a', filterTrigger(cronTrigger('* * * * * *'), predicate), () => undefined, { jitter: 300 });
    expect([scheduler.listJobs(), clock.pending.length]).toEqual([[], 0]);
  });
});
