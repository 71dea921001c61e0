import type { DstRule } from './dst-rule.js';
import type { Misfire } from './job-options.js';
import type { JobTriggerType } from './trigger-type.js';

/** Fields that the definition of every single trigger may have. */
interface CommonDefinition<Type extends string> {
  readonly type: Type;
  /** Maximum number of fires. No limit without it. */
  readonly maxRuns?: number;
  /** What happens to occurrences that came due together. */
  readonly misfire?: Misfire;
}

/** The definition of a `timestampTrigger`. */
export interface TimestampDefinition extends CommonDefinition<'timestamp'> {
  /** ms after the start, in order. */
  readonly timestamps: readonly number[];
}

/** The definition of an `intervalTrigger`. */
export interface IntervalDefinition extends CommonDefinition<'interval'> {
  readonly everyMs: number;
  /** Epoch ms. */
  readonly startTime?: number;
  /** Epoch ms. */
  readonly endTime?: number;
  /** Epoch ms. */
  readonly since?: number;
  readonly immediate?: true;
  readonly spaced?: true;
}

/** The definition of a `oneTimeTrigger`. */
export interface OneTimeDefinition extends CommonDefinition<'one-time'> {
  /** Epoch ms. */
  readonly runAt: number;
}

/** The definition of a `cronTrigger`. */
export interface CronDefinition extends CommonDefinition<'cron'> {
  readonly expression: string;
  readonly timezone: string;
  /** Epoch ms. */
  readonly startTime?: number;
  /** Epoch ms. */
  readonly endTime?: number;
  /** Epoch ms. */
  readonly since?: number;
  readonly dst?: DstRule;
}

/** The definition of a `customTrigger` with a name. */
export interface CustomDefinition extends CommonDefinition<'custom'> {
  /** The option `name`. `triggerOf` finds the source by it. */
  readonly name: string;
}

/** The definition of a `filterTrigger` with a name. */
export interface FilterDefinition {
  readonly type: 'filter';
  /** The option `name`. `triggerOf` finds the predicate by it. */
  readonly name: string;
  /** The trigger whose fires are filtered. */
  readonly trigger: TriggerDefinition;
}

/** The definition of a `unionTrigger`. */
export interface UnionDefinition {
  readonly type: 'union';
  readonly triggers: readonly TriggerDefinition[];
}

/**
 * What a trigger is, as plain JSON: durations and instants are numbers of ms. `triggerOf` creates the trigger again. Triggers with equal
 * definitions fire at equal instants. The format is stable: later versions of this package read it.
 */
export type TriggerDefinition =
  TimestampDefinition | IntervalDefinition | OneTimeDefinition | CronDefinition | CustomDefinition | FilterDefinition | UnionDefinition;

/** The name of a filter or a custom source that was given none. Such a trigger has no public definition. */
export const UNNAMED = '';

/** True if every filter and every custom source in a definition has a name. */
export function isNamed(definition: TriggerDefinition): boolean {
  switch (definition.type) {
    case 'custom':
      return definition.name !== UNNAMED;
    case 'filter':
      return definition.name !== UNNAMED && isNamed(definition.trigger);
    case 'union':
      return definition.triggers.every(isNamed);
    default:
      return true;
  }
}

/** The type of the trigger of a job. A filter has the type of what it filters. Null is an Observable that is not a trigger. */
export function triggerTypeOf(definition: TriggerDefinition | null): JobTriggerType {
  if (definition === null) return 'observable';
  return definition.type === 'filter' ? triggerTypeOf(definition.trigger) : definition.type;
}

/** The time zone of a definition. Null without cron, or if a union has several. */
export function timezoneOf(definition: TriggerDefinition): string | null {
  switch (definition.type) {
    case 'cron':
      return definition.timezone;
    case 'filter':
      return timezoneOf(definition.trigger);
    case 'union': {
      const zones = new Set(definition.triggers.map(timezoneOf));
      const [zone = null] = zones;
      return zones.size === 1 ? zone : null;
    }
    default:
      return null;
  }
}
