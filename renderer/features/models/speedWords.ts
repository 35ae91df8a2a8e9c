/** "12 words a second", "2.5 words a second". */
export function wordsInWords(wordsPerSecond: number): string {
  return `${wordsPerSecond < 9.95 ? wordsPerSecond.toFixed(1) : String(Math.round(wordsPerSecond))} words a second`;
}
