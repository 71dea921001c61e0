export function chrome(): Promise<string | undefined>;
