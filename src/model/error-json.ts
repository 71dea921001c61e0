/** An error as plain JSON. */
interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: unknown;
}

/** Maximum depth of causes. */
const MAX_CAUSES = 10;

/**
 * Adds a hidden `toJSON` to an object with an `error`: `JSON.stringify` would write `{}` for an Error, and throw for a value that it cannot
 * write.
 */
export function withErrorJson<T extends { readonly error?: unknown }>(result: T): T {
  return Object.defineProperty(result, 'toJSON', { value: () => ({ ...result, error: errorJson(result.error) }) });
}

function errorJson(error: unknown, depth = 0): unknown {
  try {
    if (error === undefined) return null;
    if (!(error instanceof Error)) return JSON.parse(JSON.stringify(error)) as unknown;
    const { name, message, stack, cause } = error;
    const json: ErrorJson = {
      name,
      message,
      ...(stack !== undefined && { stack }),
      ...(cause !== undefined && depth < MAX_CAUSES && { cause: errorJson(cause, depth + 1) }),
    };
    return json;
  } catch {
    return { name: 'Error', message: 'a value that JSON cannot hold' } satisfies ErrorJson;
  }
}
