import type { Coverage, PageSource } from './attachments.ts';

/** Pages by source; the parts always add up to `pages`. */
export function coverageOf(pages: readonly { readonly source: PageSource }[]): Coverage {
  const count = (source: PageSource): number => pages.filter((page) => page.source === source).length;
  return {
    pages: pages.length,
    text: count('text'),
    ocr: count('ocr'),
    vision: count('vision'),
    blank: count('blank'),
    failed: count('failed'),
  };
}
