/** Whether the value is a promise or like one: where an answer is needed at once it is none, and would pass for true. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** Hands on what a promise is rejected with, if the value is one: a callback that is called for nothing may be async all the same. */
export function swallow(value: unknown, report: (error: unknown) => void): void {
  if (isThenable(value)) Promise.resolve(value).then(undefined, report);
}
