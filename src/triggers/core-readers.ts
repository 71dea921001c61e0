import { customReader } from './custom-trigger.js';
import type { DefinitionReaders } from './definition-reader.js';
import { filterReader } from './filter-trigger.js';
import { intervalReader } from './interval-trigger.js';
import { oneTimeReader } from './one-time-trigger.js';
import { timestampReader } from './timestamp-trigger.js';
import { unionReader } from './union-trigger.js';

/** Readers of all types but cron. */
export const CORE_READERS: DefinitionReaders = {
  timestamp: timestampReader,
  interval: intervalReader,
  'one-time': oneTimeReader,
  custom: customReader,
  filter: filterReader,
  union: unionReader,
};
