// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, expect, it } from 'vitest';
import type { Citation } from '../../../../electron/shared/citations.ts';
import type { DocumentReceipt } from '../../../../electron/shared/generation.ts';
import { Answer } from '../../../../renderer/features/chat/Answer.tsx';
import { citationWords } from '../../../../renderer/features/chat/citations.ts';
import { assistantMessage, receipt } from '../../../fakes/preview/samples.ts';
import { Frame, testFacet } from '../harness.tsx';

const facet = testFacet();
afterAll(() => facet.close());

const citationAt = (text: string, quotation: string, page: number | null): Citation => {
  const start = text.indexOf(quotation);
  const source =
    page === null ? null : { attachmentId: 'a', document: 'lease.pdf', page, how: 'exact' as const, start: 0, end: 1, rectangles: [] };
  return { start, end: start + quotation.length, quote: quotation.slice(1, -1), source };
};

function shown(text: string, citations: readonly Citation[], documents: readonly DocumentReceipt[] = []): HTMLElement {
  const message = assistantMessage('2', '1', text, { state: { kind: 'complete', receipt: { ...receipt, citations, documents } } });
  const page = document.createElement('div');
  page.innerHTML = renderToStaticMarkup(
    <Frame facet={facet}>
      <Answer message={message} siblings={['2']} last={false} />
    </Frame>,
  );
  return page;
}

it('a verified quotation has a numbered chip after it, an unverified one says so, and the receipt counts both', () => {
  const text = 'It says **“one here”**, “invented words” and:\n\n- “two there”.';
  const page = shown(text, [
    citationAt(text, '“one here”', 2),
    citationAt(text, '“invented words”', null),
    citationAt(text, '“two there”', 4),
  ]);
  expect([...page.querySelectorAll('button[aria-label^="Quote"]')].map((chip) => chip.getAttribute('aria-label'))).toEqual([
    'Quote 1: lease.pdf, page 2',
    'Quote 2: lease.pdf, page 4',
  ]);
  expect(page.textContent).toContain('“one here”1, “invented words”not found in the document and:');
  expect(page.querySelector('strong')?.textContent).toBe('“one here”1');
  expect(page.textContent).toContain('2 quotes verified, 1 quote not found');
});

it('a chip names the number printed on the page beside its number in the file', () => {
  const text = 'It says “one here” and “two there”.';
  const pages = [
    { page: 2, source: 'text' as const, characters: 9, warnings: [], label: 'ii' },
    { page: 4, source: 'text' as const, characters: 9, warnings: [] },
  ];
  const document = { attachmentId: 'a', file: 'lease.pdf', tokens: 9, pages };
  const page = shown(text, [citationAt(text, '“one here”', 2), citationAt(text, '“two there”', 4)], [document]);
  expect([...page.querySelectorAll('button[aria-label^="Quote"]')].map((chip) => chip.getAttribute('aria-label'))).toEqual([
    'Quote 1: lease.pdf, page 2 (ii)',
    'Quote 2: lease.pdf, page 4',
  ]);
});

it('an answer without quotations has no chip and claims nothing', () => {
  expect(shown('Not in the document.', []).querySelector('button[aria-label^="Quote"]')).toBeNull();
  expect(citationWords([])).toBeNull();
});

it('marks that a model wrote itself show nothing that is not there', () => {
  expect(shown('Look \ue0f07\ue0f1 here', []).querySelector('article p')?.textContent).toBe('Look  here');
});
