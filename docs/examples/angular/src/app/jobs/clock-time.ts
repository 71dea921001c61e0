const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const DAY_MS = 86_400_000;

/** An instant as the reader's clock shows it, or a dash where there is none. */
export function clockTime(at: number | null): string {
  if (at === null) return '–';
  return (at - Date.now() < DAY_MS / 2 ? format : dayFormat).format(at);
}
