import type { StateKey } from '@angular/core';
import { inject, makeStateKey, TransferState } from '@angular/core';

/** Transfers the last value of a job from the server to the client, as JSON. Must be created in an injection context. */
export class TransferredValue {
  private readonly state: TransferState = inject(TransferState);
  private readonly key: StateKey<unknown>;

  constructor(jobId: string) {
    this.key = makeStateKey(`extended-scheduler:${jobId}`);
  }

  /** Returns the value from the server on the first call, else undefined. Only for the client. */
  take(): unknown {
    const value = this.state.get(this.key, undefined);
    this.state.remove(this.key);
    return value;
  }

  /** Sends a value to the client. @returns false if it cannot be written as JSON, which would fail the whole page. */
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
