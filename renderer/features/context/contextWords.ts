import type { ContextPartName } from './contextParts.ts';

/** English prose in Gemma's vocabulary: about four tokens for three words, and 400 words on a printed page. */
const tokensPerPage = Math.round((400 * 4) / 3);

export const partNames: Readonly<Record<ContextPartName, string>> = {
  system: 'Instructions',
  documents: 'Documents',
  images: 'Pictures',
  conversation: 'Conversation',
  answerRoom: 'Kept free for the answer',
  free: 'Still free',
};

/** "about 9 pages of text", so that a number of tokens means something. */
export function asPages(tokens: number): string {
  const pages = tokens / tokensPerPage;
  if (pages < 0.75) return 'less than a page of text';
  const rounded = Math.round(pages);
  return rounded === 1 ? 'about a page of text' : `about ${rounded.toLocaleString('en')} pages of text`;
}

/** 32768 as "32K", 8192 as "8K", 3000 as "3,000": context sizes are powers of two. */
export function asContextSize(tokens: number): string {
  return tokens >= 1024 && tokens % 1024 === 0 ? `${tokens / 1024}K` : tokens.toLocaleString('en');
}

/** Whole percent; anything there is at least 1 %. */
export function asPercent(fraction: number): number {
  return fraction > 0 ? Math.max(1, Math.round(fraction * 100)) : 0;
}
