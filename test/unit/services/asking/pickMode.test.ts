import { expect, test } from 'vitest';
import { type ModeFacts, pickMode } from '../../../../electron/services/asking/pickMode.ts';

const facts: ModeFacts = { question: '', wholeTokens: 3_000, documentTokens: 2_500, contextTokens: 8_192, hasTables: false, wholeMs: null };
const large = { wholeTokens: 60_000, documentTokens: 59_000 };
const mode = (question: string, more: Partial<ModeFacts> = {}): string => pickMode({ ...facts, question, ...more }).mode;

test('a question about a place in the text: whole while it fits comfortably, else its relevant parts', () => {
  expect(mode('What is the notice period?')).toBe('whole');
  expect(mode('What is the notice period?', large)).toBe('relevant');
  expect(mode('What is the notice period?', { wholeTokens: 7_500, documentTokens: 7_000 })).toBe('relevant');
  expect(mode('What is the notice period?', { wholeMs: 200_000 })).toBe('relevant');
});

test.each([
  'How many functions are there?',
  'List all the dates.',
  'list every name in the file',
  'How often is the tenant named?',
  'Wie viele Räume gibt es?',
  'Name all parties.',
])('%s reads every part', (question) => {
  expect(mode(question)).toBe('exhaustive');
  expect(mode(question, large)).toBe('exhaustive');
});

test('a short note is counted by reading it', () => {
  expect(mode('How many apples?', { wholeTokens: 700, documentTokens: 200 })).toBe('whole');
});

test.each([
  'Summarise this.',
  'Summarize the report',
  'What is this about?',
  'Translate it into German',
  'Comment on this document',
  'Compare the two',
])('%s never takes excerpts', (question) => {
  expect(mode(question)).toBe('whole');
  expect(mode(question, large)).toBe('exhaustive');
  expect(mode(question, { wholeTokens: 7_500, documentTokens: 7_000 })).toBe('whole');
});

test('figures of a table are computed', () => {
  for (const question of ['How many orders are late?', 'What is the largest amount?', 'What is the average age?']) {
    expect(mode(question, { hasTables: true })).toBe('tables');
  }
  expect(mode('Who is the contact?', { hasTables: true })).toBe('whole');
  expect(mode('What is the largest amount?', large)).toBe('exhaustive');
});

test('every pick says why', () => {
  for (const question of ['Why?', 'How many?', 'Summarise', 'largest?'])
    for (const more of [{}, large, { hasTables: true }]) expect(pickMode({ ...facts, question, ...more }).reason).not.toBe('');
});
