import { describeValue } from './describe-value.js';

/** An error with its stack as text. The message comes first, although not every engine includes it in the stack. Safe for any value. */
export function errorText(error: unknown): string {
  try {
    if (!(error instanceof Error) || typeof error.stack !== 'string') return describeValue(error);
    return error.stack.includes(error.message) ? error.stack : `${String(error)}\n${error.stack}`;
  } catch {
    return describeValue(error);
  }
}
