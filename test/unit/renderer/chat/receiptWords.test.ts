import { describe, expect, it } from 'vitest';
import { givenWords, receiptSummary, writingSpeed } from '../../../../renderer/features/chat/receiptWords.ts';
import { stageFraction, stageWords } from '../../../../renderer/features/chat/stageWords.ts';
import { computedReceipt, queryless } from '../../../fakes/preview/tableSamples.ts';
import { receipt } from '../../../fakes/preview/samples.ts';

describe('receiptSummary', () => {
  it('counts only pages that were read', () => {
    const page = (number: number, source: 'text' | 'failed') => ({ page: number, source, characters: 1, warnings: [] });
    const document = { attachmentId: 'a', file: 'a.pdf', tokens: 1, pages: [page(1, 'text'), page(2, 'failed')] };
    expect(receiptSummary({ ...receipt, documents: [document] })[0]).toBe('Read 1 of 2 pages');
  });

  it('does not say that something was computed when nothing was', () => {
    expect(receiptSummary(queryless)[0]).toBe('Nothing computed');
    expect(receiptSummary(computedReceipt)[0]).toBe('Computed from a table');
  });

  it('counts the whole picture as a view and says when the answer was cut', () => {
    const crop = { x: 0, y: 0, width: 1, height: 1 };
    const image = {
      attachmentId: 'p',
      file: 'p.png',
      width: 2,
      height: 2,
      mode: 'auto',
      crops: [crop, crop],
      tokens: 1,
      encodeMs: 1,
      cached: false,
    } as const;
    expect(receiptSummary({ ...receipt, images: [image], stopReason: 'maxTokens' })).toEqual([
      'Looked at 1 picture in 3 views',
      'Cut at the length limit',
      '9.0 s',
    ]);
  });
});

describe('givenWords', () => {
  const document = { attachmentId: 'a', file: 'a.pdf', tokens: 1, pages: [] };
  const coverage = (pagesRead: readonly number[]) =>
    ({
      mode: 'relevant',
      reason: '',
      documents: [{ attachmentId: 'a', file: 'a.pdf', pagesRead, pages: 14, charactersRead: 1, characters: 2 }],
    }) as const;

  it.each([
    [[2, 3, 4, 9], 'pages 2–4, 9 of 14'],
    [[14], 'page 14 of 14'],
    [[], 'none of 14 pages'],
    [Array.from({ length: 14 }, (_page, index) => index + 1), '14 pages'],
  ])('names the pages that were given: %j', (pagesRead, words) => {
    expect(givenWords(document, coverage(pagesRead))).toBe(words);
  });
});

it('takes the speed from the tokens after the first', () => {
  expect(writingSpeed({ ...receipt, generatedTokens: 11, timings: { ...receipt.timings, decodeMs: 1000 } })).toBe(10);
  expect(writingSpeed({ ...receipt, generatedTokens: 1 })).toBeNull();
});

it('says stages in words and how far they are', () => {
  const stage = { kind: 'readingDocument', name: 'a.pdf', page: 3, pages: 4 } as const;
  expect(stageWords(stage)).toBe('Reading page 3 of 4 of a.pdf');
  expect(stageFraction(stage)).toBe(0.5);
  expect(stageFraction({ kind: 'waiting' })).toBeNull();
});
