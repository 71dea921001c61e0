/**
 * The base class of the errors of this package. `instanceof` also accepts errors of another copy of the package: a tool may load it twice,
 * as an ES module and as CommonJS.
 */
export abstract class SharedError extends Error {
  /** @internal Identifies the class in all copies. Subclasses of users do not have their own. */
  static readonly kind: string = '';

  static override [Symbol.hasInstance](error: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, error)) return true;
    return Object.hasOwn(this, 'kind') && kindsOf(error).includes(this.kind);
  }
}

/** The kinds of the class of an error and of its base classes. */
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
