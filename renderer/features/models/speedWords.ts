/** "12 words a second", "2.5 words a second". */
export function wordsInWords(wordsPerSecond: number): string {
  return `${short(wordsPerSecond)} words a second`;
}

/** "0.4 s", "12 s", "3 minutes". */
export function secondsInWords(seconds: number): string {
  if (seconds >= 90) return `${Math.round(seconds / 60)} minutes`;
  return `${short(seconds)} s`;
}

/** "40 seconds", "9 minutes", "3.5 hours". */
export function minutesInWords(minutes: number): string {
  if (minutes < 1.5) return `${Math.max(1, Math.round(minutes * 60))} seconds`;
  return minutes < 90 ? `${Math.round(minutes)} minutes` : `${short(minutes / 60)} hours`;
}

function short(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}
