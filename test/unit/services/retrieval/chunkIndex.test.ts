import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Readings, createReadings } from '../../../../electron/services/attachments/readings.ts';
import { type Database, openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { type ChunkIndex, type SearchedDocument, createChunkIndex } from '../../../../electron/services/retrieval/chunkIndex.ts';
import { storeDocument } from '../../../fakes/storedDocument.ts';

let database: Database;
let readings: Readings;
let index: ChunkIndex;
beforeEach(() => {
  database = openDatabase(':memory:');
  readings = createReadings(database);
  index = createChunkIndex(database);
});
afterEach(() => database.close());

const stored = (sha256: string, texts: readonly string[]): SearchedDocument => storeDocument(readings, sha256, texts);
const pagesFor = (documents: readonly SearchedDocument[], question: string): readonly (readonly [number, number])[] =>
  index.search(documents, question, 10).map(({ document, page }) => [document, page]);

test('finds the page by any word of a question, in other forms and without accents, and only in the documents asked about', () => {
  const lease = stored('lease', ['Die Kündigung ist schriftlich.', 'Pets are not permitted.', 'The rent is paid monthly.']);
  const other = stored('other', ['Pets, pets, pets: everything about pets.']);
  expect(pagesFor([lease], 'May I keep a pet?')).toEqual([[0, 2]]);
  expect(pagesFor([lease], 'kundigung')).toEqual([[0, 1]]);
  expect(pagesFor([other, lease], 'pets?').map(([document]) => document)).toContain(1);
  // Of words that say nothing, any may still be found.
  expect(pagesFor([lease], 'What is not?').map(([, page]) => page)).toContain(2);
  expect(pagesFor([lease], '???')).toEqual([]);
});

test('nothing of a question is taken for the syntax of a search', () => {
  const document = stored('d', ['The word NEAR stands here, and so does OR.']);
  for (const question of ['"', 'NEAR(', 'text:rent', 'a" OR "b', '*', '-', '(', 'heading : {x}', "'; DROP TABLE chunks; --"]) {
    expect(() => index.search([document], question, 5)).not.toThrow();
  }
});

test('what stands in a heading counts for more', () => {
  const body = 'Some sentences that say nothing much about anything at all, so that the section is long enough. '.repeat(4);
  const document = stored('d', [`${body} deposit ${body}`, `# Deposit\n\n${body}`]);
  expect(pagesFor([document], 'deposit')[0]).toEqual([0, 2]);
});

test('the index goes with the content, and is made again when the content is read again', () => {
  const document = stored('d', ['A hidden badger.']);
  expect(pagesFor([document], 'badger')).toHaveLength(1);
  const again = stored('d', ['An open field.']);
  expect(pagesFor([again], 'badger')).toEqual([]);
  expect(pagesFor([again], 'field')).toHaveLength(1);
  readings.remove('d');
  expect(database.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 0 });
  expect(database.prepare("SELECT count(*) AS n FROM chunk_search WHERE chunk_search MATCH 'field'").get()).toEqual({ n: 0 });
});
