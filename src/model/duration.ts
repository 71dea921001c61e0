/**
 * A length of time: a number of **milliseconds**, as everywhere in RxJS, or an object whose units are added up.
 * You can pass a `Temporal.Duration` that has no years and no months.
 */
export type DurationLike = number | DurationObject;

/** Units of a {@link DurationLike}. */
export interface DurationObject {
  /** @default 0 */
  readonly weeks?: number | undefined;
  /** @default 0 */
  readonly days?: number | undefined;
  /** @default 0 */
  readonly hours?: number | undefined;
  /** @default 0 */
  readonly minutes?: number | undefined;
  /** @default 0 */
  readonly seconds?: number | undefined;
  /** @default 0 */
  readonly milliseconds?: number | undefined;
}

const unitMs: Readonly<Record<keyof DurationObject, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};
const units: readonly (keyof DurationObject)[] = /* @__PURE__ */ Object.keys(unitMs) as (keyof DurationObject)[];

/**
 * Converts a duration to ms.
 *
 * @returns NaN if the value is not a duration: not a number or an object, without a unit, with an unknown unit, or with years or months.
 */
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

/** Years and months have no length in ms. A `Temporal.Duration` has both fields, so 0 is allowed. */
function hasUnknownUnit(duration: DurationObject): boolean {
  const { years, months } = duration as { years?: unknown; months?: unknown };
  if ((years !== undefined && years !== 0) || (months !== undefined && months !== 0)) return true;
  return Object.keys(duration).some((key) => !(key in unitMs) && key !== 'years' && key !== 'months');
}
