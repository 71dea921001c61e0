import type { Timetable } from '../../timetables/timetable.js';
import { following } from '../../timetables/timetable.js';
import type { Group } from './group.js';
import { MAX_MISSED } from './group.js';
import type { MisfirePolicy } from './wake-up.js';

/**
 * Fires for each occurrence in order, up to the newest `misfireLimit`. Use it if none may be left out, such as frames.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                1234    5      those beyond the limit count as missed in the first
 * ```
 *
 * If a listener pauses the job meanwhile, the rest is left for the resume. If the clock is set back meanwhile, occurrences that now lie in
 * the future are left for then.
 */
export const fireAll: MisfirePolicy = {
  handle: (group, wakeUp, { misfireLimit }, now) => {
    const { first, missed } = newestOf(wakeUp.timetable, group, misfireLimit);
    wakeUp.next = first;
    let at = now;
    for (let folded = missed; wakeUp.next <= group.newest && wakeUp.running; folded = 0) {
      const instant = wakeUp.next;
      wakeUp.next = instant >= group.newest ? group.next : following(wakeUp.timetable, instant);
      wakeUp.deliver(instant, folded, group.next, at);
      if (wakeUp.closed) return;
      at = wakeUp.now();
      if (wakeUp.next <= group.newest && !wakeUp.isDue(wakeUp.next, at)) {
        wakeUp.arm(wakeUp.next, at);
        return;
      }
    }
  },
  fires: (group, _latenessMs, { misfireLimit }) => Math.min(group.others + 1, misfireLimit),
};

/** The first of the last `limit` occurrences of a group. The earlier ones count as missed. */
function newestOf(timetable: Timetable, group: Group, limit: number): { readonly first: number; readonly missed: number } {
  const dropped = Math.max(0, group.others + 1 - limit);
  if (dropped === 0) return { first: group.oldest, missed: 0 };
  let first = timetable.before === undefined ? group.oldest : group.newest;
  if (timetable.before === undefined)
    for (let step = 0; step < Math.min(dropped, MAX_MISSED + 1); step++) first = following(timetable, first);
  else for (let back = 1; back < limit; back++) first = timetable.before(first) ?? first;
  return { first, missed: dropped };
}
