/** The queue of tasks of the machine, as it was when this was loaded: test tools put others in the place of its functions. */
interface TaskQueue {
  setImmediate?: (callback: () => void) => unknown;
  MessageChannel?: typeof MessageChannel;
  setTimeout: typeof setTimeout;
}

const { setImmediate, MessageChannel: Channel, setTimeout: timeout }: TaskQueue = globalThis;

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/** Calls back in a task of its own, when all promise callbacks that are to come have come. 1 µs in Node. */
export function macrotask(callback: () => void): void {
  if (setImmediate !== undefined) {
    setImmediate(callback);
  } else if (Channel !== undefined) {
    channel ??= opened(new Channel());
    waiting.push(callback);
    channel.port2.postMessage(0);
  } else {
    timeout(callback);
  }
}

function opened(made: MessageChannel): MessageChannel {
  made.port1.onmessage = () => waiting.shift()?.();
  return made;
}
