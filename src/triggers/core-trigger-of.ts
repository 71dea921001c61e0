import type { TriggerDefinition } from '../model/trigger-definition.js';
import { CORE_READERS } from './core-readers.js';
import type { TriggerOfOptions } from './definition-reader.js';
import { readDefinition } from './definition-reader.js';
import type { Trigger } from './trigger.js';

/**
 * Creates a trigger from its definition, without cron.
 *
 * It is the same as `triggerOf` of the main entry point, but it does not read the type `'cron'` and does not bring cron into your bundle.
 *
 * @param definition the `definition` of a trigger, or the same read from JSON.
 * @param options the sources and predicates that the definition names.
 * @returns a trigger that fires at the same instants.
 * @throws InvalidTriggerError if the definition or its type is not valid. Also throws the errors of the factory of that type.
 * @throws InvalidOptionError if a field or an option is unknown, or if `customs` has no entry for a name.
 */
export function triggerOf(definition: TriggerDefinition, options: TriggerOfOptions = {}): Trigger {
  return readDefinition(CORE_READERS, definition, options);
}
