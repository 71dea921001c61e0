import { TransferState, inject, makeStateKey } from '@angular/core';
import type { StateKey } from '@angular/core';

/** The last value of a job that ran on the server, on its way to the client, as JSON. It is made in an injection context. */
export class TransferredValue {
  private readonly state: TransferState = inject(TransferState);
  private readonly key: StateKey<unknown>;

  constructor(jobId: string) {
    this.key = makeStateKey(`extended-scheduler:${jobId}`);
  }

  /** The value that came from the server, once; undefined where there is none. To be asked on the client alone. */
  take(): unknown {
    const value = this.state.get(this.key, undefined);
    this.state.remove(this.key);
    return value;
  }

  /** Sends a value to the client. False for one that cannot be written as JSON: it would fail the whole page. */
  put(value: unknown): boolean {
    try {
      if ((JSON.stringify(value) as string | undefined) === undefined) return false;
    } catch {
      return false;
    }
    this.state.set(this.key, value);
    return true;
  }
}
