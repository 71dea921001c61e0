/** Describes a wrong value for an error message: short, with quotes around strings. Safe for any value. */
export function describeValue(value: unknown): string {
  try {
    if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
    if (typeof value === 'function') return value.name === '' ? 'a function' : `function ${value.name}`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString();
    if (Array.isArray(value)) return `an array of ${String(value.length)}`;
    if (typeof value === 'object' && value !== null) return `an object ${JSON.stringify(value).slice(0, 80)}`;
    return String(value);
  } catch {
    return `a value of type ${typeof value}`;
  }
}
