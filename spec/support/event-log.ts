import type { JobEvent, JobRegistry } from 'extended-scheduler';

/** One event as a word: `armed@5000`, `fired#0`, `skipped#1(overlap)`, `fired#2+3` for a fire with three missed. */
export function word(event: JobEvent, zero = 0): string {
  switch (event.type) {
    case 'armed':
      return event.runAt === null ? 'armed@none' : `armed@${String(event.runAt - zero)}`;
    case 'fired':
      return `fired#${String(event.fire.index)}${event.fire.missedCount > 0 ? `+${String(event.fire.missedCount)}` : ''}`;
    case 'skipped':
      return `skipped#${String(event.fire.index)}(${event.reason})`;
    default:
      return 'fire' in event ? `${event.type}#${String(event.fire.index)}` : event.type;
  }
}

/** Writes down the events of a registry from now on. */
export class EventLog {
  readonly events: JobEvent[] = [];
  private readonly zero: number;

  constructor(registry: JobRegistry) {
    this.zero = registry.clock.now();
    registry.events$.subscribe((event) => this.events.push(event));
  }

  /** The log as one line, of one job or of all. */
  text(jobId?: string): string {
    return this.events
      .filter((event) => jobId === undefined || event.jobId === jobId)
      .map((event) => word(event, this.zero))
      .join(' ');
  }
}
