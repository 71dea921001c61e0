/** The queue of tasks of the machine, as it was when this was loaded: test tools put others in the place of its functions. */
interface TaskQueue {
  setImmediate?: (callback: () => void) => unknown;
  MessageChannel?: typeof MessageChannel;
  setTimeout: typeof setTimeout;
}

const { setImmediate, MessageChannel: Channel, setTimeout: timeout }: TaskQueue = globalThis;

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/** Resolves in a task of its own, when all promise callbacks that are to come have come. 1.2 µs in Node. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
    } else if (Channel !== undefined) {
      channel ??= opened(new Channel());
      waiting.push(resolve);
      channel.port2.postMessage(0);
    } else {
      timeout(resolve);
    }
  });
}

function opened(made: MessageChannel): MessageChannel {
  made.port1.onmessage = () => waiting.shift()?.();
  return made;
}
