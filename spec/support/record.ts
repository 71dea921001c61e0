import type { Clock, Trigger } from 'extended-scheduler';

/** Subscribes to a trigger and records each fire as `index@ms+missed`, with the time since the subscription. */
export function record(trigger: Trigger, clock: Clock): string[] {
  const log: string[] = [];
  const start = clock.now();
  trigger.subscribe({
    next: (fire) =>
      log.push(`${String(fire.index)}@${String(clock.now() - start)}${fire.missedCount > 0 ? `+${String(fire.missedCount)}` : ''}`),
    error: (error: unknown) => log.push(String(error)),
    complete: () => log.push('|'),
  });
  return log;
}
