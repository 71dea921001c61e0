/** The kind of a trigger. */
export type TriggerType = 'timestamp' | 'interval' | 'one-time' | 'cron' | 'custom' | 'union';

/** What fires a job: a kind of trigger, or `'observable'` for any other Observable. */
export type JobTriggerType = TriggerType | 'observable';
