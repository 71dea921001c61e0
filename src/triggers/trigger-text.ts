import { instantText } from '../model/instant.js';
import type { TriggerDefinition } from '../model/trigger-definition.js';
import { UNNAMED } from '../model/trigger-definition.js';

/** Maximum number of timestamps that a text lists. */
const MAX_LISTED = 5;

const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** Describes a trigger in words. */
export function triggerText(definition: TriggerDefinition): string {
  switch (definition.type) {
    case 'timestamp':
      return withCommon(timestampsText(definition.timestamps), definition);
    case 'interval': {
      const { everyMs, spaced, immediate } = definition;
      const period = spaced === true ? `${durationText(everyMs)} after each run` : `every ${durationText(everyMs)}`;
      return withCommon(immediate === true ? `${period}, at once first` : period, definition);
    }
    case 'one-time':
      return withCommon(`once at ${timeText(definition.runAt)}`, definition);
    case 'cron':
      return withCommon(`${definition.expression.trim()}, ${definition.timezone}`, definition);
    case 'custom':
      return withCommon(definition.name === UNNAMED ? 'custom' : `custom: ${definition.name}`, definition);
    case 'filter':
      return `${triggerText(definition.trigger)}, ${definition.name === UNNAMED ? 'filtered' : `filtered by ${definition.name}`}`;
    case 'union':
      return definition.triggers.map(triggerText).join('; ');
  }
}

interface Limits {
  readonly startTime?: number;
  readonly endTime?: number;
  readonly maxRuns?: number;
}

function withCommon(text: string, { startTime, endTime, maxRuns }: Limits): string {
  const from = startTime === undefined ? '' : `, from ${timeText(startTime)}`;
  const until = endTime === undefined ? '' : `, until ${timeText(endTime)}`;
  const times = maxRuns === undefined ? '' : `, ${maxRuns === 1 ? 'once' : `${String(maxRuns)} times`}`;
  return `${text}${from}${until}${times}`;
}

function timestampsText(timestamps: readonly number[]): string {
  const last = timestamps.at(-1);
  if (last === undefined) return 'never';
  if (timestamps.length > MAX_LISTED) return `${String(timestamps.length)} times in ${durationText(last)}`;
  return `${timestamps.map(durationText).join(', ')} after the start`;
}

/** A duration with all its units: `1 h 30 min`. */
function durationText(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, name] of UNITS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${String(count)} ${name}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${String(Number(rest.toFixed(3)))} ms`);
  return parts.join(' ');
}

/** An instant in UTC, without seconds if they are 0. */
function timeText(instant: number): string {
  const text = instantText(instant);
  if (!text.endsWith('Z')) return text;
  return `${text
    .slice(0, -1)
    .replace('T', ' ')
    .replace(/\.000$/, '')
    .replace(/:00$/, '')} (UTC)`;
}
