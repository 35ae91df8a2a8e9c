import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCitations } from '../../../../electron/services/citations/checkCitations.ts';
import type { QuotableDocument } from '../../../../electron/services/citations/searchDocument.ts';

const first =
  'Residential lease\n\nThe rent is 1,250 euros per month, due on the first day. The tenant’s deposit is two months’ rent — in cash.';
const second = 'The well-being of neighbours matters. No pets, except for “Biscuit”, a small dog. The ﬁnal oﬃce is in';
const third = 'Utrecht. The tenant must not sublet the flat to anybody else without the written consent of the landlord.';

const lease: QuotableDocument = {
  attachmentId: 'a1',
  name: 'lease.pdf',
  pages: [
    { page: 1, source: 'text', text: first },
    { page: 2, source: 'text', text: second },
    { page: 3, source: 'text', text: third },
  ],
};
const scan: QuotableDocument = {
  ...lease,
  attachmentId: 's1',
  name: 'scan.pdf',
  pages: lease.pages.map((page) => ({ ...page, source: 'ocr' })),
};

function check(answer: string, documents = [lease]): unknown {
  return checkCitations({ answer, documents }).map(({ quote, source }) => [quote, source?.page ?? null, source?.how ?? null]);
}

describe('found', () => {
  test.each<[string, number, string]>([
    ['The rent is 1,250 euros per month', 1, 'exact'],
    ['the rent is 1,250 euros per month.', 1, 'normalised'],
    ["the tenant's deposit is two months' rent - in cash", 1, 'normalised'],
    ['The wellbeing of neighbours', 2, 'normalised'],
    ['The well-\nbeing   of neighbours', 2, 'normalised'],
    ['The final office is', 2, 'normalised'],
    ["except for 'Biscuit', a small dog", 2, 'normalised'],
    ['The final office is in Utrecht', 2, 'normalised'],
    ['...due on the first day...', 1, 'normalised'],
    ['**No pets**, except', 2, 'normalised'],
    ['Biscuit', 2, 'exact'],
  ])('%s', (quote, page, how) => {
    expect(check(`It says “${quote}”.`)).toEqual([[quote, page, how]]);
  });
});

describe('not found', () => {
  test.each([
    'The rent is 1,350 euros per month',
    'The rent is 1',
    '250 euros per month',
    'The rent is 1 250 euros',
    'being of neighbours matters',
    'The tenant must sublet the flat to anybody else without the written consent',
    'two month',
    'The rent is 1,250 euros per month. The tenant’s deposit',
  ])('%s', (quote) => {
    expect(check(`It says “${quote}”.`)).toEqual([[quote, null, null]]);
  });
});

describe('pages read by OCR', () => {
  const read = 'The tenant rnust not sublet the flat to anybody clse without the written consent of the landlord';
  test('a few letters may differ', () => {
    expect(check(`“${read}”`, [scan])).toEqual([[read, 3, 'ocr']]);
  });
  test('on pages with text of their own they may not', () => {
    expect(check(`“${read}”`)).toEqual([[read, null, null]]);
  });
  test.each([
    'The tenant must sublet the flat to anybody else without the written consent of the landlord',
    'The tenant must now sublet tha flot to onybody alse withuot tho written consent of the landlord',
    'The rent is 1,350 euros per month, due on the first day. The tenant’s deposit is two months’ rent — in cash.',
  ])('never a word less, more than 5 of 100 letters, or another number: %s', (quote) => {
    expect(check(`“${quote}”`, [scan])).toEqual([[quote, null, null]]);
  });
});

test('what cites nothing is left out: names, and short words that stand everywhere', () => {
  expect(check('In “lease.pdf” and “Flat (2)”.', [lease, { ...lease, name: 'Flat (2).pdf', pages: [] }])).toEqual([]);
  expect(check('He says “the” and “tenant”.')).toEqual([['tenant', 3, 'exact']]);
});

test('offsets are those of the answer and of the page, and the first of several documents is named', () => {
  const answer = 'Yes: “no pets, except for” and “The final office is in Utrecht”.';
  const [pets, office] = checkCitations({
    answer,
    documents: [{ ...lease, attachmentId: 'other', pages: [] }, lease, scan],
  });
  expect(answer.slice(pets?.start, pets?.end)).toBe('“no pets, except for”');
  expect(pets?.source).toMatchObject({ attachmentId: 'a1', document: 'lease.pdf' });
  expect(second.slice(pets?.source?.start, pets?.source?.end)).toBe('No pets, except for');
  expect(second.slice(office?.source?.start, office?.source?.end)).toBe('The ﬁnal oﬃce is in');
  expect(office?.source?.place.rest).toEqual([{ page: 3, start: 0, end: 7 }]);
});

test('any run of whole words of a document is found on its page, and none with a word changed', () => {
  const words = first.split(/\s+/);
  fc.assert(
    fc.property(fc.nat(words.length - 5), fc.integer({ min: 5, max: 12 }), (from, count) => {
      const chosen = words.slice(from, from + count);
      const quote = chosen.join(' ');
      const [found] = checkCitations({ answer: `> ${quote}`, documents: [lease] });
      expect(found?.source?.page).toBe(1);
      const wrong = chosen.toSpliced(2, 1, 'xylophone').join(' ');
      const [invented] = checkCitations({ answer: `> ${wrong}`, documents: [lease] });
      expect(invented?.source).toBeNull();
    }),
  );
});

describe('of several places', () => {
  const pages = (texts: readonly string[], source: 'text' | 'ocr' = 'text'): QuotableDocument => ({
    attachmentId: texts.join(),
    name: 'copies.pdf',
    pages: texts.map((text, index) => ({ page: index + 1, source, text })),
  });

  test('the one that holds the words as they are written, on whichever page and in whichever document', () => {
    const nearly = pages(['You may re-sign the lease in May.', 'You may resign the lease in May.']);
    expect(check('“You may resign the lease in May”', [nearly])).toEqual([['You may resign the lease in May', 2, 'exact']]);
    const misread = pages(['The tenant keeps the garden and the shed in good ordor'], 'ocr');
    const clear = pages(['Nothing here.', 'The tenant keeps the garden and the shed in good order']);
    const quote = 'The tenant keeps the garden and the shed in good order';
    expect(check(`“${quote}”`, [misread, clear])).toEqual([[quote, 2, 'exact']]);
  });

  test('of pages read by OCR, the likest', () => {
    const quote = 'The tenant keeps the garden and the shed behind the house in good order';
    const twoWrong = quote.replace('garden', 'gardon').replace('shed', 'shod');
    expect(check(`“${quote}”`, [pages([twoWrong, quote.replace('shed', 'shod')], 'ocr')])).toEqual([[quote, 2, 'ocr']]);
  });

  test('one that the model was given, and where it was given none, that is said', () => {
    const copies = pages(['The rent is due on the first day.', 'Other words.', 'The rent is due on the first day.']);
    const given = (page: number) =>
      checkCitations({ answer: '“rent is due on the first day”', documents: [copies], isGiven: (_, place) => place.page === page })[0]
        ?.source;
    expect(given(3)).toMatchObject({ page: 3 });
    expect(given(3)).not.toHaveProperty('given');
    expect(given(2)).toMatchObject({ page: 1, given: false });
  });

  test('the page shown always holds the words: near-duplicates on many pages', () => {
    const word = fc.constantFrom(
      'rent',
      'not',
      'due',
      '1,250',
      '1,350',
      'May',
      'June',
      'well-being',
      'wellbeing',
      'tenant',
      'ﬁnal',
      'final',
    );
    const sentence = fc.array(word, { minLength: 6, maxLength: 9 });
    const even = (text: string): string => text.replaceAll('ﬁ', 'fi').replaceAll('-', '').toLowerCase();
    fc.assert(
      fc.property(sentence, fc.array(fc.tuple(fc.nat(8), word), { minLength: 1, maxLength: 8 }), fc.nat(8), (words, changes, own) => {
        // Every page is the sentence with one word changed; one page has it as it is.
        const texts = changes.map(([at, other]) => words.with(at % words.length, other).join(' '));
        texts.splice(own % (texts.length + 1), 0, words.join(' '));
        const quote = words.join(' ');
        const [found] = checkCitations({ answer: `It says “${quote}” there.`, documents: [pages(texts)] });
        expect(found?.source?.how).toBe('exact');
        expect(texts[(found?.source?.page ?? 0) - 1]).toContain(quote);
        const asOcr = checkCitations({ answer: `It says “${quote}” there.`, documents: [pages(texts, 'ocr')] })[0]?.source;
        expect(even(texts[(asOcr?.page ?? 0) - 1] ?? '')).toContain(even(quote));
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['a block quote', '> The rent is 1,250 euros per month'],
  ['a block quote of several lines', '> The rent is 1,250\n> euros per month'],
  ['single marks', 'It says ‘The rent is 1,250 euros per month’.'],
  ['straight marks', 'It says "The rent is 1,250 euros per month".'],
  ['guillemets', 'Il dit «The rent is 1,250 euros per month».'],
  ['guillemets with spaces', 'Il dit « The rent is 1,250 euros per month ».'],
  ['German marks', 'Es sagt „The rent is 1,250 euros per month“.'],
])('what is quoted in %s is checked, and an invented one is told', (_, answer) => {
  expect(check(answer)).toMatchObject([[expect.any(String), 1, expect.any(String)]]);
  expect(check(answer.replace('1,250', '1,350'))).toMatchObject([[expect.any(String), null, null]]);
});
