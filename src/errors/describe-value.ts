/** How a wrong value reads in an error message: short, safe for any value, strings in quotes. */
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
