import type { RegistryOptions } from 'extended-scheduler';
import { Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { CapturedLog } from './captured.js';
import { EventLog } from './event-log.js';

/** A scheduler on its own clock. It records all events and log lines. */
export interface Harness {
  readonly clock: VirtualClock;
  readonly scheduler: Scheduler;
  readonly log: EventLog;
  readonly lines: string[];
}

/** 2026-01-01T00:00:00Z: an instant of the whole minute, hour and day. */
export const NEW_YEAR: number = Date.UTC(2026, 0);

export function harness(options: RegistryOptions = {}): Harness {
  const clock = new VirtualClock(NEW_YEAR);
  const logger = new CapturedLog();
  const scheduler = new Scheduler({ clock, logger, ...options });
  return { clock, scheduler, log: new EventLog(scheduler), lines: logger.lines };
}
