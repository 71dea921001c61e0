import type { LedgerState } from '../jobs/ledger-state.js';
import { NONE_SKIPPED, outcomesOf } from '../jobs/ledger-state.js';
import { SKIP_REASONS } from '../model/job-event.js';
import type { Totals } from '../model/totals.js';

/** The counts of the jobs that a registry has removed. */
export class TotalsCount {
  private removedJobs = 0;
  private readonly sum: Counts = new Counts();

  /** Adds the counts of a removed job. */
  add(state: Readonly<LedgerState>): void {
    this.removedJobs++;
    this.sum.add(state);
  }

  /** The sums with those of the present jobs. */
  with(states: Iterable<Readonly<LedgerState>>): Totals {
    const { removedJobs } = this;
    const all = new Counts();
    all.add(this.sum);
    let jobs = 0;
    for (const state of states) {
      jobs++;
      all.add(state);
    }
    const { executionCount, retryCount, fireCount, activeRuns, queuedFires } = all;
    return Object.freeze({ jobs, removedJobs, executionCount, retryCount, fireCount, activeRuns, queuedFires, outcomes: outcomesOf(all) });
  }
}

/** The counts that are added up. */
type Summed = Pick<
  LedgerState,
  'executionCount' | 'retryCount' | 'fireCount' | 'activeRuns' | 'queuedFires' | 'succeeded' | 'failed' | 'cancelled' | 'skipped'
>;

class Counts implements Summed {
  executionCount = 0;
  retryCount = 0;
  fireCount = 0;
  activeRuns = 0;
  queuedFires = 0;
  succeeded = 0;
  failed = 0;
  cancelled = 0;
  skipped: LedgerState['skipped'] = null;

  add(other: Readonly<Summed>): void {
    this.executionCount += other.executionCount;
    this.retryCount += other.retryCount;
    this.fireCount += other.fireCount;
    this.activeRuns += other.activeRuns;
    this.queuedFires += other.queuedFires;
    this.succeeded += other.succeeded;
    this.failed += other.failed;
    this.cancelled += other.cancelled;
    if (other.skipped === null) return;
    this.skipped ??= { ...NONE_SKIPPED };
    for (const reason of SKIP_REASONS) this.skipped[reason] += other.skipped[reason];
  }
}
