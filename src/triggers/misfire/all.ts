import { following } from '../../timetables/timetable.js';
import type { Timetable } from '../../timetables/timetable.js';
import { MOST_MISSED } from './group.js';
import type { Group } from './group.js';
import type { MisfirePolicy } from './wake-up.js';

/**
 * Fires for each in order, the newest `misfireLimit` at most: for work of which none may be left out, such as frames.
 *
 * ```text
 * timetable                0    1    2    3    4    5
 * the loop is blocked           |==============|
 * fires                    0                1234    5      what the limit drops counts as missed in the first
 * ```
 *
 * A pause in the middle of it leaves the rest for the resume. A clock that is set back in the middle of it leaves what now lies in the
 * future for when it comes again.
 */
export const fireAll: MisfirePolicy = (group, teller, { misfireLimit }, now) => {
  const { first, missed } = newestOf(teller.timetable, group, misfireLimit);
  teller.next = first;
  let at = now;
  for (let folded = missed; teller.next <= group.newest && teller.running; folded = 0) {
    const instant = teller.next;
    teller.next = instant >= group.newest ? group.next : following(teller.timetable, instant);
    teller.deliver(instant, folded, group.next, at);
    if (teller.closed) return;
    at = teller.now();
    if (teller.next <= group.newest && !teller.isDue(teller.next, at)) {
      teller.goOn(teller.next, at);
      return;
    }
  }
};

/** The last `limit` occurrences of a group; the rest of it counts as missed. Without `before`, a group holds a bounded number of them. */
function newestOf(timetable: Timetable, group: Group, limit: number): { readonly first: number; readonly missed: number } {
  const dropped = Math.max(0, group.others + 1 - limit);
  if (dropped === 0) return { first: group.oldest, missed: 0 };
  let first = timetable.before === undefined ? group.oldest : group.newest;
  if (timetable.before === undefined)
    for (let step = 0; step < Math.min(dropped, MOST_MISSED + 1); step++) first = following(timetable, first);
  else for (let back = 1; back < limit; back++) first = timetable.before(first) ?? first;
  return { first, missed: dropped };
}
