/**
 * A length of time: a number of **milliseconds**, as everywhere in RxJS, or an object of units that are added up.
 * A `Temporal.Duration` without years and months fits.
 */
export type DurationLike = number | DurationObject;

/** Units of a {@link DurationLike}; those left out are 0. */
export interface DurationObject {
  readonly weeks?: number | undefined;
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
  readonly milliseconds?: number | undefined;
}
