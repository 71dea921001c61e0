// zone.js with what fakeAsync needs: `zone.js/testing` without its patch of jasmine, which jasmine-core 7 does not bear. It patches the
// whole page or process, so it is imported first, and by those alone that have one to themselves.
import 'zone.js';
import 'zone.js/plugins/long-stack-trace-zone';
import 'zone.js/plugins/proxy';
import 'zone.js/plugins/sync-test';
import 'zone.js/plugins/async-test';
import 'zone.js/plugins/fake-async-test';

/** What of zone.js is used here; Angular's fakeAsync and tick are these. */
interface ZoneTesting {
  readonly current: { fork(spec: unknown): { run<T>(work: () => T): T } };
  readonly ProxyZoneSpec: new () => object;
  __symbol__(name: string): string;
}
interface FakeAsync {
  fakeAsync(work: () => void): () => void;
  tick(ms: number): void;
  flush(): number;
  flushMicrotasks(): void;
}

const { Zone } = globalThis as unknown as { Zone: ZoneTesting & Readonly<Record<string, FakeAsync | undefined>> };

/** Does something where fakeAsync finds its zone; Angular's own patch of jasmine does so for every spec. */
export function inProxyZone<T>(work: () => T): T {
  return Zone.current.fork(new Zone.ProxyZoneSpec()).run(work);
}

/** The functions that Angular's are made of. */
export function fakeAsyncTesting(): FakeAsync {
  const testing = Zone[Zone.__symbol__('fakeAsyncTest')];
  if (testing === undefined) throw new Error('zone.js has no fakeAsync');
  return testing;
}
