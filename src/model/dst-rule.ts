/** What can happen to a time inside a jump forward. */
export const GAP_RULES = ['run', 'skip'] as const;
/** What can happen to a time that comes twice. */
export const REPEAT_RULES = ['first', 'both'] as const;

/** What happens to local times that a change of the clocks skips or repeats. */
export interface DstRule {
  /**
   * What happens to a time inside a jump forward: `'run'` fires once, at the jump; `'skip'` does not fire.
   *
   * @default 'skip' if the second, minute or hour begins with `*`, else 'run'
   */
  readonly gap?: (typeof GAP_RULES)[number] | undefined;
  /**
   * What happens to a time that comes twice: `'first'` fires the first time only; `'both'` fires twice.
   *
   * @default 'both' if the second, minute or hour begins with `*`, else 'first'
   */
  readonly repeated?: (typeof REPEAT_RULES)[number] | undefined;
}
