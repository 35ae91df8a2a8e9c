import { expect, test } from 'vitest';
import type { ErrorCode, ErrorData, ErrorDetailsByCode } from '../../../electron/shared/errors.ts';
import { errorText } from '../../../electron/shared/errorText.ts';

const examples: ErrorDetailsByCode = {
  internal: { message: 'boom' },
  cancelled: {},
  invalidRequest: { field: 'topK', reason: 'it must be 1 to 1,000' },
  notFound: { what: 'file', id: '/a/b.png' },
  busy: { what: 'the model' },
  fileUnreadable: { file: 'a.png', reason: 'it is damaged' },
  fileTooLarge: { file: 'a.pdf', unit: 'pages', limit: 5000, actual: 12_345 },
  fileUnsupported: { file: 'a.xyz', detected: 'unknown' },
  documentEmpty: { file: 'a.pdf' },
  passwordRequired: { file: 'a.pdf', wrong: true },
  modelMissing: { model: '' },
  modelInvalid: { file: 'a.gguf', check: 'truncated', reason: 'it ends too early' },
  modelCannotSee: { model: 'Gemma 3 270M' },
  modelLoadFailed: { model: 'Gemma 3 27B', reason: 'there is not enough memory' },
  engineStopped: { reason: 'it was ended by SIGKILL' },
  readerStopped: { file: '', reason: 'it ran out of memory' },
  doesNotFit: { needed: 9000, available: 8192, largestContext: 32_768, parts: [{ part: 'documents', tokens: 7000 }] },
  leavesMachine: { conversation: 'c1', model: 'server-0123456789ab', host: 'gpu.example' },
  networkFailed: { host: 'example.org', reason: 'no connection' },
  checksumMismatch: { file: 'a.gguf', expected: 'a', actual: 'b' },
  diskFailed: { path: '/d', reason: 'read only' },
  dataTooNew: { path: '/d/facet.db' },
  diskFull: { path: '/d', needed: 2_500_000_000, free: 12 },
};

test.each(Object.keys(examples) as ErrorCode[])('%s is said in whole sentences', (code) => {
  const { what, doNext } = errorText({ code, details: examples[code] } as ErrorData);
  expect(what).toMatch(/^\S.*[.)]$/s);
  expect(what + doNext).not.toMatch(/undefined|\[object|NaN|\.\./);
  expect(code === 'cancelled' ? doNext === '' : doNext.length > 5).toBe(true);
});

test('numbers are readable and choices are offered', () => {
  const { what, doNext } = errorText({ code: 'doesNotFit', details: examples.doesNotFit });
  expect(what).toBe('This does not fit: it needs 9,000 tokens, and the context holds 8,192 (documents 7,000).');
  expect(doNext).toContain('up to 32,768');
  expect(errorText({ code: 'diskFull', details: examples.diskFull }).what).toContain('2.5 GB are needed and 12 bytes are free');
});

test('a reason that is a sentence of its own goes on in the middle of one', () => {
  const details = { file: 'mmproj.gguf', check: 'not-text', reason: 'This is the vision part of a model. Choose the model file itself.' };
  expect(errorText({ code: 'modelInvalid', details }).what).toBe(
    'mmproj.gguf is not a model Facet can use: this is the vision part of a model. Choose the model file itself.',
  );
});

test('nobody is sent for another copy of a folder', () => {
  const next = (folder: 'notAFile' | 'nothingInIt'): string =>
    errorText({ code: 'fileUnreadable', details: { file: 'bills', reason: 'it is a folder', folder } }).doNext;
  expect(next('notAFile')).toBe('Choose a file in it.');
  expect(next('nothingInIt')).toBe('Choose a folder with files in it, or a file.');
});
