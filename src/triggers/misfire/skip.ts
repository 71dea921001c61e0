import type { MisfirePolicy } from './wake-up.js';

/**
 * Drops the missed occurrences as one skipped fire, and the newest one too if it is more than `graceMs` late. Use it if a late run is
 * pointless.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                   4    5      1 to 3 are one skipped fire with missedCount 2
 * ```
 */
export const skipMissed: MisfirePolicy = {
  handle: (group, wakeUp, { graceMs }, now) => {
    if (wakeUp.latenessMs(group.newest, now) > graceMs) {
      wakeUp.next = group.next;
      wakeUp.drop(group.newest, group.others, 'misfire', now);
      wakeUp.arm(group.next, wakeUp.now());
      return;
    }
    wakeUp.next = group.newest;
    if (group.others > 0) wakeUp.drop(wakeUp.timetable.before?.(group.newest) ?? group.oldest, group.others - 1, 'misfire', now);
    if (!wakeUp.running) {
      wakeUp.arm(group.newest, wakeUp.now()); // a listener paused the job: the newest one is left for the resume
      return;
    }
    wakeUp.next = group.next;
    wakeUp.deliver(group.newest, 0, group.next, now);
  },
  fires: (_group, latenessMs, { graceMs }) => (latenessMs > graceMs ? 0 : 1),
};
