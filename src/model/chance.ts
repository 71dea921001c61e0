/** A pseudo-random number from 0 to below 1. The same arguments always give the same number (FNV-1a with a final mix). */
export function chance(text: string, number: number): number {
  let hash = 0x811c9dc5;
  for (const byte of `${text}@${String(number)}`) hash = Math.imul(hash ^ (byte.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
