/** True for a promise. It would pass for true where a boolean is expected at once. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** Passes the rejection of a promise to `report`. Ignores other values. For callbacks that may be async although their result is unused. */
export function catchRejection(value: unknown, report: (error: unknown) => void): void {
  if (isThenable(value)) Promise.resolve(value).then(undefined, report);
}

/** Ignores the rejection of a promise. For callbacks that must not be async: that is the error to report. */
export function ignoreRejection(value: unknown): void {
  catchRejection(value, () => undefined);
}
