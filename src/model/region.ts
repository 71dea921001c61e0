/** Calls a function at once, in surroundings of its own, and returns what the function returns. */
export type Region = <T>(work: () => T) => T;
