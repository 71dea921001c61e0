/** Maximum time to wait, in ms. */
const SOON_MS = 10_000;

/** In real time. */
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again and again, in real time, until the answer is yes. */
export async function until(claim: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SOON_MS; Date.now() < end; await wait(5)) if (await holds()) return;
  throw new Error(`it did not come about within ${String(SOON_MS)} ms that ${claim}`);
}
