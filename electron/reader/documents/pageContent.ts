import { countCharacters } from '../../shared/countCharacters.ts';
import type { Heading } from '../../shared/documents.ts';
import type { PageTable, ReadPage } from '../readerContract.ts';
import { cleanText, countVisible } from './cleanText.ts';

/** What an extractor found on one page. */
export interface PageContent {
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly tables: readonly PageTable[];
  readonly warnings: readonly string[];
}

/** A page of text alone; control characters are left out and counted in a warning. */
export function textContent(raw: string): PageContent {
  const { text, removed } = cleanText(raw);
  return { text, headings: [], tables: [], warnings: removed === 0 ? [] : [`${String(removed)} control characters were left out`] };
}

/** The page as it is reported: with text, or blank. `page` counts from 1. */
export function readPageOf(page: number, content: PageContent): ReadPage {
  const source = countVisible(content.text) === 0 ? 'blank' : 'text';
  return { page, source, characters: countCharacters(content.text), ...content };
}
