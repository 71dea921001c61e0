import type { TriggerDefinition } from '../model/trigger-definition.js';
import { CORE_READERS } from './core-readers.js';
import { cronReader } from './cron-trigger.js';
import type { DefinitionReaders, TriggerOfOptions } from './definition-reader.js';
import { readDefinition } from './definition-reader.js';
import type { Trigger } from './trigger.js';

/**
 * Creates a trigger from its definition.
 *
 * Every trigger has a `definition`: plain JSON that you can store and send. The format is stable: later versions of this package read it.
 * Your own code is not JSON. So a custom trigger and a filter have a definition only if you gave them a `name`, and `customs` maps the
 * names back to the code.
 *
 * ## Example
 *
 * ```ts
 * import { cronTrigger, filterTrigger, triggerOf } from 'extended-scheduler';
 *
 * const isWorkday = (time: number) => new Date(time).toISOString().slice(0, 10) !== '2026-12-25';
 * const stored = JSON.stringify(filterTrigger(cronTrigger('0 9 * * MON-FRI'), isWorkday, { name: 'workdays' }).definition);
 * console.log(stored);
 *
 * const trigger = triggerOf(JSON.parse(stored), { customs: { workdays: isWorkday } });
 * console.log(trigger.text);
 * // Logs:
 * // {"type":"filter","name":"workdays","trigger":{"type":"cron","expression":"0 9 * * MON-FRI","timezone":"UTC"}}
 * // 0 9 * * MON-FRI, UTC, filtered by workdays
 * ```
 *
 * @param definition the `definition` of a trigger, or the same read from JSON.
 * @param options the sources and predicates that the definition names.
 * @returns a trigger that fires at the same instants.
 * @throws InvalidTriggerError if the definition or its type is not valid. Also throws the errors of the factory of that type.
 * @throws InvalidOptionError if a field or an option is unknown, or if `customs` has no entry for a name.
 */
export function triggerOf(definition: TriggerDefinition, options: TriggerOfOptions = {}): Trigger {
  const readers: DefinitionReaders = { ...CORE_READERS, cron: cronReader }; // here, since a bundler keeps a spread on the top level
  return readDefinition(readers, definition, options);
}
