// Run in a process of its own: a code block of the docs, where fakeAsync finds its zone.
import { pathToFileURL } from 'node:url';
import { inProxyZone } from './zone-testing.js';

await import('./test-bed-without-page.js'); // after zone.js, which it is to find
const block = (await import(pathToFileURL(process.argv[2] ?? '').href)) as { default: () => Promise<void> };
await inProxyZone(block.default);
