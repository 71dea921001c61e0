export function chrome(): Promise<string | undefined>;
export const chromeFlags: readonly string[];
