import type { Region } from '../model/region.js';

interface AsyncHooks {
  readonly AsyncLocalStorage: { snapshot?(): Region };
}

interface Host {
  readonly process?: { getBuiltinModule?(id: string): unknown };
}

const hooks = asyncHooks();
const here: Region = (work) => work();

/**
 * Captures the present async context: inside it `AsyncLocalStorage.getStore()` returns what it returns now. On Node 20 capturing takes
 * 12 to 21 µs and entering 0.1 µs. Browsers have no such context, and Node before 20.16 gives no access to it.
 */
export function currentContext(): Region {
  return hooks?.AsyncLocalStorage.snapshot?.() ?? here;
}

/** The async context in which this package was loaded. It does not belong to a request. */
export const loadContext: Region = currentContext();

/** Looks up the module of Node. Browsers could not resolve an import. */
function asyncHooks(): AsyncHooks | undefined {
  try {
    return (globalThis as Host).process?.getBuiltinModule?.('node:async_hooks') as AsyncHooks | undefined;
  } catch {
    return undefined; // `process` is not the one of Node
  }
}
