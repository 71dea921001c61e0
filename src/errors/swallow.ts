/** Hands on what a promise is rejected with, if the value is one: a callback that is called for nothing may be async all the same. */
export function swallow(value: unknown, report: (error: unknown) => void): void {
  if (typeof value === 'object' && value !== null && 'then' in value) Promise.resolve(value).then(undefined, report);
}
