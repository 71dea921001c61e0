/** The task queues of the machine, captured when this module is loaded: test tools replace these functions. */
interface Queues {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: typeof MessageChannel;
  readonly setTimeout: (callback: () => void) => unknown;
}

const { setImmediate, MessageChannel: Channel, setTimeout: timeout } = globalThis as Queues;

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/**
 * Calls `callback` in a new task, as soon as possible. A hidden page throttles timers to one a second or one a minute, but not these
 * tasks.
 *
 * @returns the handle of the host. In Node it has `ref()` and `unref()`.
 */
export function nextTask(callback: () => void): unknown {
  if (setImmediate !== undefined) return setImmediate(callback);
  if (Channel === undefined) return timeout(callback);
  channel ??= opened(new Channel());
  waiting.push(callback);
  channel.port2.postMessage(0);
  return undefined;
}

function opened(made: MessageChannel): MessageChannel {
  made.port1.onmessage = () => waiting.shift()?.();
  return made;
}
