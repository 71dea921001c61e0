/**
 * The errors of this package. `instanceof` knows them whichever copy of the package made them: a tool may have loaded it twice, as an
 * ES module and as CommonJS.
 */
export abstract class SharedError extends Error {
  /** @internal The name by which all copies know the class; a subclass of the user's has none of its own. */
  static readonly kind: string = '';

  static override [Symbol.hasInstance](error: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, error)) return true;
    return Object.hasOwn(this, 'kind') && kindsOf(error).includes(this.kind);
  }
}

/** The kinds of all classes that an error is an instance of. */
function kindsOf(error: unknown): (string | undefined)[] {
  const kinds: (string | undefined)[] = [];
  for (
    let type: unknown = error instanceof Error ? error.constructor : null;
    typeof type === 'function';
    type = Object.getPrototypeOf(type) as unknown
  )
    kinds.push((type as Partial<typeof SharedError>).kind);
  return kinds;
}
