// The manual's RandomIntervalTrigger: each fire comes a random time after the one before.
import type { Trigger, TriggerOptions } from 'extended-scheduler';
import { customTrigger } from 'extended-scheduler';

/** Fires at random, from `minMs` to `maxMs` apart. `random` returns numbers from 0 to 1. */
export function randomIntervalTrigger(minMs: number, maxMs: number, options?: TriggerOptions, random: () => number = Math.random): Trigger {
  return customTrigger({ next: (after) => after + minMs + random() * (maxMs - minMs) }, options);
}
