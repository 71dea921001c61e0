/** Whether the long versions of the specs run: `npm run test:deep`. */
export const isDeep: boolean = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.DEEP === '1';
