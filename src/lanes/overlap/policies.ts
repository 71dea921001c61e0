import type { Overlap } from '../../model/job-options.js';
import { allowParallel } from './allow.js';
import { queueLatest } from './latest.js';
import type { OverlapPolicy } from './overlap-policy.js';
import { queueAll } from './queue.js';
import { replaceActive } from './replace.js';
import { skipWhileActive } from './skip.js';

/** The policies by the name that the option `overlap` gives them. */
export const OVERLAP_POLICIES: Readonly<Record<Overlap, OverlapPolicy>> = {
  skip: skipWhileActive,
  queue: queueAll,
  latest: queueLatest,
  replace: replaceActive,
  allow: allowParallel,
};
