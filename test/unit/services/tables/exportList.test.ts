import { expect, test } from 'vitest';
import { exportList } from '../../../../electron/services/tables/exportList.ts';
import type { AssistantMessage } from '../../../../electron/shared/conversations.ts';
import type { ListResult } from '../../../../electron/shared/listResult.ts';
import { assistantMessage, receipt } from '../../../fakes/preview/samples.ts';

const place = (file: string, ...pages: readonly number[]) => ({ attachmentId: file, file, pages });
const list: ListResult = {
  items: [
    { text: '=cmd|calc', places: [place('a.pdf', 3)], mentions: 1 },
    { text: 'Say "so", twice', places: [place('a.pdf', 1, 4), place('b.docx', 2)], mentions: 3 },
  ],
  complete: true,
  pagesRead: 9,
  pagesRecognized: 0,
};
const answer = (found: ListResult | undefined): AssistantMessage =>
  assistantMessage('2', '1', 'x', {
    state: { kind: 'complete', receipt: { ...receipt, ...(found === undefined ? {} : { list: found }) } },
  });
const csv = (found: ListResult): { readonly name: string; readonly text: string } => {
  const { fileName, base64 } = exportList(answer(found), 'csv');
  return { name: fileName, text: Buffer.from(base64, 'base64').toString() };
};

test('every thing is a row with its documents and pages; what would run as a formula does not', () => {
  expect(csv(list)).toEqual({
    name: 'Documents list.csv',
    text: '\ufeffItem,Document,Pages,Times found\r\n' + "'=cmd|calc,a.pdf,3,1\r\n" + '"Say ""so"", twice","a.pdf; b.docx","1, 4; 2",3\r\n',
  });
});

test('the file is named after the only document, and says when not all of it was read', () => {
  expect(csv({ ...list, items: list.items.slice(0, 1), complete: false }).name).toBe('a list (not complete).csv');
  expect(exportList(answer({ ...list, items: list.items.slice(0, 1) }), 'xlsx')).toMatchObject({
    fileName: 'a list.xlsx',
    mime: expect.stringContaining('spreadsheetml') as string,
  });
});

test('an answer without a list, and one that found nothing, give no file', () => {
  expect(() => exportList(answer(undefined), 'csv')).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: 'invalidRequest' }) as object }),
  );
  expect(() => exportList(answer({ ...list, items: [] }), 'csv')).toThrow(
    expect.objectContaining({
      data: { code: 'invalidRequest', details: { field: 'messageId', reason: expect.stringContaining('nothing was found') as string } },
    }),
  );
});
