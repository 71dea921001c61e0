import type { MisfirePolicy } from './wake-up.js';

/**
 * Drops what was missed, as one skipped fire, and the newest with it if that is more than `graceMs` late: for work that has no point
 * once its moment has passed.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                   4    5      1 to 3 are one skipped fire with missedCount 2
 * ```
 */
export const skipMissed: MisfirePolicy = (group, teller, { graceMs }, now) => {
  if (teller.latenessMs(group.newest, now) > graceMs) {
    teller.next = group.next;
    teller.drop(group.newest, group.others, 'misfire', now);
    teller.goOn(group.next, teller.now());
    return;
  }
  teller.next = group.newest;
  if (group.others > 0) teller.drop(teller.timetable.before?.(group.newest) ?? group.oldest, group.others - 1, 'misfire', now);
  if (!teller.running) {
    teller.goOn(group.newest, teller.now()); // paused by a listener: the newest is left for the resume
    return;
  }
  teller.next = group.next;
  teller.deliver(group.newest, 0, group.next, now);
};
