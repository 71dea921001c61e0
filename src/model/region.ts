/** Calls a function at once in another context, such as an Angular zone, and returns its result. */
export type Region = <T>(work: () => T) => T;
