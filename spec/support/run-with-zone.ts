// Run in a process of its own, as zone.js patches the whole of it: a code block of the docs, where fakeAsync finds its zone.
import 'zone.js';
import 'zone.js/plugins/long-stack-trace-zone';
import 'zone.js/plugins/proxy';
import 'zone.js/plugins/sync-test';
import 'zone.js/plugins/async-test';
import 'zone.js/plugins/fake-async-test';
import { pathToFileURL } from 'node:url';

const { Zone } = globalThis as unknown as {
  Zone: { current: { fork(spec: unknown): { run<T>(work: () => T): T } }; ProxyZoneSpec: new () => object };
};

await import('./test-bed-without-page.js'); // after zone.js, which it is to find
const block = (await import(pathToFileURL(process.argv[2] ?? '').href)) as { default: () => Promise<void> };
await Zone.current.fork(new Zone.ProxyZoneSpec()).run(block.default);
