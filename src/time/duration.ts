import type { DurationLike, DurationObject } from '../model/duration.js';

const unitMs: Readonly<Record<keyof DurationObject, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};
const units: readonly (keyof DurationObject)[] = /* @__PURE__ */ Object.keys(unitMs) as (keyof DurationObject)[];

/** The duration in ms, or NaN where it is none (an unknown or missing unit, a calendar unit that is not 0, no number). */
export function durationMs(duration: DurationLike): number {
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'object' || (duration as unknown) === null) return NaN;
  if (hasUnknownUnit(duration)) return NaN;
  let total = 0;
  let given = false;
  for (const unit of units) {
    const count = duration[unit];
    if (count === undefined) continue;
    if (typeof count !== 'number') return NaN;
    given = true;
    total += count * unitMs[unit];
  }
  return given ? total : NaN;
}

/** Years, months and misspelt units have no length in ms: refused, not ignored. */
function hasUnknownUnit(duration: DurationObject): boolean {
  const { years, months } = duration as { years?: unknown; months?: unknown };
  if ((years !== undefined && years !== 0) || (months !== undefined && months !== 0)) return true;
  return Object.keys(duration).some((key) => !(key in unitMs) && key !== 'years' && key !== 'months');
}
