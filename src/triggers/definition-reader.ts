import { checkedObject, checkKeys } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { TriggerDefinition } from '../model/trigger-definition.js';
import type { Clock } from '../time/clock.js';
import type { TimetableSource } from '../timetables/custom-timetable.js';
import type { Trigger } from './trigger.js';
import { checkTriggerOptions } from './trigger.js';

/** What a definition refers to by name: the source of a custom trigger, or the predicate of a filter. */
export type NamedCustom = TimetableSource | (() => TimetableSource) | ((time: number) => boolean);

/** Options of `triggerOf`. */
export interface TriggerOfOptions {
  /**
   * The sources of custom triggers and the predicates of filters, by name.
   *
   * @default none
   */
  readonly customs?: Readonly<Record<string, NamedCustom>> | undefined;
  /**
   * The clock of a subscription without a scheduler.
   *
   * @default the clock in force at the subscription
   */
  readonly clock?: Clock | undefined;
}

/** Creates triggers of one type from their definitions. Each one is next to the factory of its type. */
export interface DefinitionReader<D extends TriggerDefinition> {
  /** The names of the fields besides `type`. */
  readonly fields: readonly (keyof Omit<D, 'type'> & string)[];
  /** Creates the trigger. The fields are known, but their values are not checked: the factory does that. */
  read(fields: Omit<D, 'type'>, reading: Reading): Trigger;
}

/** The rest of the definition that a reader works on. */
interface Reading {
  readonly clock: Clock | undefined;
  /** Returns what a name refers to. */
  readonly custom: (name: string) => NamedCustom;
  /** Names a field of the definition in an error. */
  readonly place: (field: string) => string;
  /** Creates the trigger of a definition inside this one. */
  readonly inner: (field: string, definition: TriggerDefinition) => Trigger;
}

/** Readers by type. */
export type DefinitionReaders = {
  readonly [Type in TriggerDefinition['type']]?: DefinitionReader<Extract<TriggerDefinition, { type: Type }>>;
};

/** Creates the trigger of a definition. Types without a reader are unknown. */
export function readDefinition(readers: DefinitionReaders, definition: TriggerDefinition, options: TriggerOfOptions): Trigger {
  checkKeys('triggerOf(options)', options, ['customs', 'clock']);
  const { customs = {}, clock } = options;
  checkedObject('triggerOf(options.customs)', customs);
  checkTriggerOptions('triggerOf', { clock });
  const custom = (name: string): NamedCustom => {
    const found = Object.hasOwn(customs, name) ? customs[name] : undefined;
    if (found !== undefined) return found;
    throw new InvalidOptionError('triggerOf(options.customs)', customs, `an entry for the name ${JSON.stringify(name)} of the definition`);
  };
  const read = (path: string, { type, ...fields }: TriggerDefinition): Trigger => {
    const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
    if (reader === undefined) throw new InvalidTriggerError(`triggerOf(${path}.type)`, type, typesText(readers));
    checkKeys(`triggerOf(${path})`, fields, reader.fields);
    const place = (field: string): string => `triggerOf(${path}.${field})`;
    const inner = (field: string, definition: TriggerDefinition): Trigger =>
      read(`${path}.${field}`, checkedDefinition(place(field), definition));
    return (reader as DefinitionReader<TriggerDefinition>).read(fields, { clock, custom, place, inner });
  };
  return read('definition', checkedDefinition('triggerOf(definition)', definition));
}

function checkedDefinition(place: string, definition: TriggerDefinition): TriggerDefinition {
  if (typeof definition === 'object' && (definition as unknown) !== null) return definition;
  throw new InvalidTriggerError(place, definition, "a definition such as { type: 'interval', everyMs: 5000 }");
}

function typesText(readers: DefinitionReaders): string {
  const types = Object.keys(readers).map((type) => `'${type}'`);
  const cron = 'cron' in readers ? '' : " (for 'cron' import triggerOf from 'extended-scheduler', not from its entry point core)";
  return `one of ${types.join(', ')}${cron}`;
}
