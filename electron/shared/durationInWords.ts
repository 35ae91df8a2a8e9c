/** How long something took or will take, for a line of facts: "0.9 s", "12 s", "3 min". One decimal under ten seconds. `ms` in milliseconds. */
export function shortDuration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 119_500) return `${Math.round(ms / 1000)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** The same in a sentence or a table of waits: "40 seconds", "9 minutes", "3.5 hours". */
export function durationInWords(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 1.5) return plural(Math.max(1, Math.round(ms / 1000)), 'second');
  if (minutes < 90) return plural(Math.round(minutes), 'minute');
  const hours = minutes / 60;
  return `${hours < 9.95 ? hours.toFixed(1) : Math.round(hours)} hours`;
}

/** What is left of it: "less than a minute", "about 3 minutes", "about 2 hours". Rounded so that it does not flicker. */
export function timeLeftInWords(ms: number): string {
  if (ms < 60_000) return 'less than a minute';
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
  return `about ${Math.round(minutes / 60)} hours`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
