import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReadings, type Readings } from '../../../../electron/services/attachments/readings.ts';
import { type Database, openDatabase } from '../../../../electron/services/database/openDatabase.ts';

let database: Database;
let readings: Readings;
beforeEach(() => {
  database = openDatabase(':memory:');
  readings = createReadings(database);
});
afterEach(() => database.close());

const page = { source: 'text', text: 'Words', characters: 5, headings: [], tables: [], warnings: [] } as const;

it('a page keeps the number printed on it, also when it is read another way', () => {
  readings.saveDocument('book', 'pdf', {
    format: 'pdf',
    title: '',
    pages: [
      { ...page, page: 1, label: 'i' },
      { ...page, page: 2 },
    ],
    coverage: { pages: 2, text: 2, ocr: 0, vision: 0, blank: 0, failed: 0 },
    warnings: [],
  });
  const labels = (): readonly (string | undefined)[] => {
    const found = readings.find('book', 'pdf');
    return found?.kind === 'document' ? found.document.pages.map(({ label }) => label) : [];
  };
  expect(labels()).toEqual(['i', undefined]);
  readings.replacePage('book', 'pdf', { ...page, page: 1, source: 'ocr', text: 'Wards', chosen: true });
  expect(labels()).toEqual(['i', undefined]);
});
