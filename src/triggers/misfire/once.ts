import type { MisfirePolicy } from './wake-up.js';

/**
 * One fire for the newest, which says how many it stands for: for work of which one round makes up for those that were missed.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                   4    5      4 has missedCount 3
 * ```
 */
export const fireOnce: MisfirePolicy = (group, teller, _limits, now) => {
  teller.next = group.next;
  teller.deliver(group.newest, group.others, group.next, now);
};
