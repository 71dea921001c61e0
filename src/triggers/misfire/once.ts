import type { MisfirePolicy } from './wake-up.js';

/**
 * Fires once, for the newest occurrence. `missedCount` counts the others. Use it if one run makes up for the missed ones.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                   4    5      4 has missedCount 3
 * ```
 */
export const fireOnce: MisfirePolicy = {
  handle: (group, wakeUp, _limits, now) => {
    wakeUp.next = group.next;
    wakeUp.deliver(group.newest, group.others, group.next, now);
  },
  fires: () => 1,
};
