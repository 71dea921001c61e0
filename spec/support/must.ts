/** For properties of fast-check: throws, as jasmine's expectations do not, so that the counterexample is shrunk and shown. */
export function must(actual: unknown, expected: unknown, what = 'it'): void {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value) as string | undefined);
  if (a !== b && !Object.is(actual, expected)) throw new Error(`${what}: expected ${String(b)}, got ${String(a)}`);
}
