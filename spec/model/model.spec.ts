import type { JobEvent, JobStatus, Trigger } from 'extended-scheduler';
import { intervalTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import fc from 'fast-check';
import { BehaviorSubject, Subject } from 'rxjs';
import { isDeep } from '../support/deep.js';
import { must } from '../support/must.js';
import { NEW_YEAR } from '../support/scheduler-harness.js';
import type { Acting, ModelOptions, ModelView } from './job-model.js';
import { JobModel, NEXT_PERIOD_MS } from './job-model.js';

type Command =
  | { readonly type: 'advance' | 'block' | 'setBack'; readonly ms: number }
  | { readonly type: 'pause' | 'resume' | 'runNow' | 'skipNext' | 'remove' }
  | { readonly type: 'gate'; readonly open: boolean }
  | { readonly type: 'reschedule'; readonly periodMs: number; readonly spaced: boolean }
  | { readonly type: 'settle'; readonly outcome: 'succeeded' | 'failed' };

const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 350 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('block' as const), ms: fc.integer({ min: 0, max: 2000 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('setBack' as const),
      ms: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 59_990, max: 60_010 }), fc.integer({ min: 1, max: 5 * 3_600_000 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('pause' as const, 'resume' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('runNow' as const, 'skipNext' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('gate' as const), open: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('reschedule' as const), periodMs: fc.integer({ min: 20, max: 300 }), spaced: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('settle' as const), outcome: fc.constantFrom('succeeded' as const, 'failed' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const) }) },
);

const acting: fc.Arbitrary<Acting> = fc.record({
  on: fc.constantFrom<Acting['on'][]>('fired', 'started', 'retrying', 'succeeded', 'failed', 'cancelled', 'skipped'),
  nth: fc.integer({ min: 1, max: 6 }),
  act: fc.constantFrom<Acting['act'][]>('pause', 'resume', 'runNow', 'reschedule', 'skipNext'),
});

/** No limit in most cases, so that the other options have their say. */
function mostly<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

const options: fc.Arbitrary<ModelOptions> = fc.record({
  axis: fc.constantFrom('elapsed' as const, 'wall' as const),
  periodMs: fc.integer({ min: 20, max: 300 }),
  spaced: mostly(false, fc.constant(true)),
  startMs: mostly(0, fc.integer({ min: 1, max: 500 })),
  endMs: mostly(Infinity, fc.integer({ min: 0, max: 4000 })),
  overlap: fc.constantFrom('skip' as const, 'queue' as const, 'latest' as const, 'replace' as const, 'allow' as const),
  concurrency: fc.integer({ min: 1, max: 3 }),
  queueLimit: fc.integer({ min: 1, max: 3 }),
  maxRuns: mostly(Infinity, fc.integer({ min: 1, max: 12 })),
  gated: fc.boolean(),
  misfire: fc.constantFrom('once' as const, 'skip' as const, 'all' as const),
  misfireLimit: fc.integer({ min: 1, max: 5 }),
  graceMs: fc.constantFrom(0, 50, 1000),
  catchesUp: fc.boolean(),
  jitterMs: mostly(0, fc.integer({ min: 1, max: 400 })),
  retries: mostly(0, fc.integer({ min: 1, max: 3 })),
  retryMs: fc.constantFrom(0, 30, 250),
  timeoutMs: mostly(Infinity, fc.integer({ min: 1, max: 400 })),
  acting: mostly(null, acting),
});

/** From which status each of these events may come. */
const legal: Readonly<Record<string, readonly string[]>> = {
  paused: ['running'],
  resumed: ['paused'],
  completed: ['running'],
  removed: ['running', 'paused', 'completed'],
};
const leadsTo: Readonly<Record<string, string>> = {
  added: 'running',
  paused: 'paused',
  resumed: 'running',
  completed: 'completed',
  removed: 'removed',
};

/** The scheduler beside its model, and everything that must hold after each command. */
class Pair {
  readonly clock = new VirtualClock(NEW_YEAR);
  readonly scheduler = new Scheduler({ clock: this.clock, logger: false });
  private readonly gate: BehaviorSubject<boolean>;
  /** Active runs, oldest first. */
  private runs: Subject<void>[] = [];
  private readonly events: JobEvent[] = [];
  private last: JobStatus | null = null;
  private readonly given: ModelOptions;
  private acts = 0;
  private model: JobModel;

  constructor(given: ModelOptions) {
    this.given = given;
    this.gate = new BehaviorSubject(false);
    this.scheduler.events$.subscribe((event) => {
      this.events.push(event);
      this.act(event);
    });
    this.model = this.add();
  }

  private add(): JobModel {
    const { axis, overlap, concurrency, queueLimit, maxRuns, gated, misfire, misfireLimit, graceMs, jitterMs, timeoutMs } = this.given;
    const { catchesUp, retries, retryMs } = this.given;
    const now = this.clock.now();
    const { periodMs, startMs, endMs } = this.given;
    const trigger =
      axis === 'elapsed'
        ? intervalTrigger(periodMs, { spaced: this.given.spaced })
        : intervalTrigger(periodMs, { startTime: now + startMs, endTime: endMs === Infinity ? undefined : now + Math.max(startMs, endMs) });
    const given = { ...this.given, spaced: this.given.spaced && axis === 'elapsed', endMs: Math.max(startMs, endMs) };
    const model = new JobModel('a', given, now, this.gate.value);
    this.acts = 0;
    this.scheduler.addJob('a', trigger, () => this.run(), {
      overlap,
      concurrency,
      queueLimit,
      maxRuns,
      misfire,
      misfireLimit,
      graceMs,
      jitter: jitterMs,
      retry: { count: retries, delayMs: retryMs },
      timeout: timeoutMs === Infinity ? undefined : timeoutMs,
      whilePaused: axis === 'elapsed' ? 'freeze' : catchesUp ? 'catch-up' : 'skip',
      when: gated ? this.gate : undefined,
    });
    this.last = null;
    model.advance(0);
    this.clock.advanceBySync(0); // what is due at the very start
    return model;
  }

  /** What a listener does at some event, once. */
  private act(event: JobEvent): void {
    const { acting } = this.given;
    if (acting?.on !== event.type || ++this.acts !== acting.nth) return;
    if (acting.act === 'pause') this.scheduler.pauseJob('a');
    else if (acting.act === 'resume') this.scheduler.resumeJob('a');
    else if (acting.act === 'runNow') this.scheduler.runNow('a');
    else if (acting.act === 'skipNext') this.scheduler.skipNext('a');
    else this.scheduler.reschedule('a', this.another(NEXT_PERIOD_MS, false));
  }

  private another(periodMs: number, spaced: boolean): Trigger {
    return this.given.axis === 'wall'
      ? intervalTrigger(periodMs, { startTime: this.clock.now() + periodMs })
      : intervalTrigger(periodMs, { spaced });
  }

  private run(): Subject<void> {
    const run = new Subject<void>();
    this.runs.push(run);
    return run;
  }

  apply(command: Command): void {
    const { scheduler, clock, model } = this;
    switch (command.type) {
      case 'advance':
        clock.advanceBySync(command.ms);
        model.advance(command.ms);
        break;
      case 'block':
        clock.sleepForSync(command.ms);
        model.block(command.ms);
        break;
      case 'setBack':
        clock.step(-command.ms);
        scheduler.getJobStatus('a'); // a reading notices it
        model.setBack(command.ms);
        break;
      case 'pause':
        must(scheduler.pauseJob('a'), model.pause(), 'pauseJob');
        break;
      case 'resume':
        must(scheduler.resumeJob('a'), model.resume(), 'resumeJob');
        break;
      case 'runNow':
        must(scheduler.runNow('a'), model.runNow(), 'runNow');
        break;
      case 'skipNext':
        must(scheduler.skipNext('a'), model.skipNext(), 'skipNext');
        break;
      case 'gate':
        this.gate.next(command.open);
        model.gate(command.open);
        break;
      case 'reschedule': {
        const spaced = command.spaced && this.given.axis === 'elapsed';
        must(scheduler.reschedule('a', this.another(command.periodMs, spaced)), model.reschedule(command.periodMs, spaced), 'reschedule');
        break;
      }
      case 'settle': {
        this.runs = this.runs.filter((run) => run.observed);
        const oldest = this.runs.shift();
        if (command.outcome === 'succeeded') oldest?.complete();
        else oldest?.error(new Error('settled so'));
        model.settleOldest(command.outcome);
        break;
      }
      case 'remove':
        must(scheduler.removeJob('a'), true, 'removeJob');
        this.runs = [];
        this.model = this.add();
    }
    clock.advanceBySync(0); // what is due at this very moment
    this.model.advance(0);
    this.check();
  }

  private check(): void {
    const status = this.scheduler.getJobStatus('a');
    if (status === null) throw new Error('the job is gone');
    const { outcomes } = status;
    const now = this.clock.now();
    const seen: ModelView = {
      status: status.status as ModelView['status'],
      gate: status.gate,
      fireCount: status.fireCount,
      executionCount: status.executionCount,
      activeRuns: status.activeRuns,
      queuedFires: status.queuedFires,
      elapsedTimeMs: status.elapsedTimeMs,
      succeeded: outcomes.succeeded,
      failed: outcomes.failed,
      cancelled: outcomes.cancelled,
      skipped: outcomes.skipped,
      nextInMs: status.nextRunTime === null ? null : Math.max(0, status.nextRunTime - now),
      remainingMs: status.remainingMs,
    };
    must(seen, this.model.view(), 'the status');
    const coming = this.scheduler.nextRunTimes('a', { count: 3 });
    if (status.status === 'running' && status.gate === 'open') must(coming[0] ?? null, status.nextRunTime, 'the first of nextRunTimes');
    else if ((status.remainingMs ?? 0) > 0 && this.given.maxRuns === Infinity)
      must(coming[0], now + (status.remainingMs ?? NaN), 'nextRunTimes');
    must(
      coming.every((time, index) => time >= (coming[index - 1] ?? time)),
      true,
      'the order of nextRunTimes',
    );
    const told = outcomes.succeeded + outcomes.failed + outcomes.cancelled + outcomes.skipped;
    must(status.fireCount, told + status.activeRuns + status.queuedFires, 'the accounting');
    if (this.last !== null) {
      for (const count of ['fireCount', 'executionCount'] as const) must(status[count] >= this.last[count], true, `${count} does not fall`);
    }
    this.last = status;
  }

  end(): void {
    void this.scheduler.shutdown();
    must(this.clock.pending.length, 0, 'timers after shutdown');
    must(this.gate.observed, false, 'subscriptions after shutdown');
    let state = '';
    for (const { type } of this.events) {
      if (type in legal) must(legal[type]?.includes(state), true, `${type} while ${state}`);
      state = leadsTo[type] ?? state;
    }
    const ends = new Map<object, number>();
    for (const event of this.events) {
      if (event.type === 'fired') ends.set(event.fire, 0);
      if (event.type === 'succeeded' || event.type === 'failed' || event.type === 'cancelled' || event.type === 'skipped') {
        ends.set(event.fire, (ends.get(event.fire) ?? NaN) + 1);
      }
    }
    must(
      [...ends.values()].every((count) => count === 1),
      true,
      'one outcome a fire',
    );
  }
}

describe('a scheduler beside a simple model', () => {
  it('agrees after every command, with the accounting balanced, and leaves nothing behind', () => {
    fc.assert(
      fc.property(options, fc.array(commands, { minLength: 50, maxLength: 50 }), (given, list) => {
        const pair = new Pair(given);
        for (const command of list) pair.apply(command);
        pair.end();
      }),
      { numRuns: isDeep ? 100_000 : 2_000 },
    );
    expect().nothing();
  }, 3_600_000);
});
