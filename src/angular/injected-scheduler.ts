import type { JobDefinition } from '../jobs/job-definition.js';
import type { RegistryOptions } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import type { Region } from '../time/world.js';
import { jobWithin } from './zone-region.js';

/** Where an {@link InjectedScheduler} lives. */
export interface Surroundings {
  /** Where job functions run. */
  readonly region: Region;
  /** Whether Angular renders on a server: then no job's time runs. */
  readonly onServer: boolean;
}

/** The scheduler that `provideScheduler` provides: its functions run where they should, and on a server every job is added paused. */
export class InjectedScheduler extends Scheduler {
  private readonly surroundings: Surroundings;

  constructor(options: RegistryOptions, surroundings: Surroundings) {
    super(options);
    this.surroundings = surroundings;
  }

  /** @internal */
  override add(definition: JobDefinition, also?: readonly string[]): boolean {
    this.check(definition, also);
    const { region, onServer } = this.surroundings;
    const options = onServer ? { ...definition.options, startPaused: true } : definition.options;
    return super.add({ ...definition, options, job: jobWithin(region, definition.job) }, also);
  }
}
