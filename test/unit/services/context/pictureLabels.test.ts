import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureLabels } from '../../../../electron/services/context/pictureLabels.ts';
import type { PanScanMode } from '../../../../electron/shared/attachments.ts';
import type { AttachmentUse } from '../../../../electron/shared/conversations.ts';

const use = (attachmentId: string, panScan: PanScanMode = 'auto'): AttachmentUse => ({ attachmentId, panScan, regions: [] });
const labelsOf = (...turns: readonly AttachmentUse[][]): readonly (string | null)[][] => {
  const labels = pictureLabels(turns);
  return turns.map((uses) => uses.map((each) => labels.get(each) ?? null));
};

test('one picture has no label, however often it is looked at', () => {
  expect(labelsOf([use('a')], [], [use('a', 'region')])).toEqual([[null], [], [null]]);
});

test('several in one question are numbered from the first', () => {
  expect(labelsOf([use('a'), use('b', 'off')])).toEqual([['Picture 1:', 'Picture 2:']]);
});

test('the second names the first, which stays as it was; a picture that comes back keeps its number', () => {
  expect(labelsOf([use('a')], [use('b')], [use('c'), use('a', 'region')])).toEqual([
    [null],
    ['Picture 1 came before. This is picture 2:'],
    ['Picture 3:', 'Picture 1 again:'],
  ]);
});

test('never before a picture in reference mode, which is counted all the same', () => {
  expect(labelsOf([use('a', 'reference'), use('b', 'reference')])).toEqual([[null, null]]);
  expect(labelsOf([use('a', 'reference'), use('b', 'reference')], [use('c')])).toEqual([
    [null, null],
    ['Pictures 1 to 2 came before, in this order. This is picture 3:'],
  ]);
});

test('what came earlier never changes when more comes', () => {
  const turn = fc.array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), mode: fc.constantFrom<PanScanMode>('auto', 'off', 'reference', 'region') }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 8 }), (drawn) => {
      const turns = drawn.map((uses) => uses.map(({ id, mode }) => use(id, mode)));
      const all = labelsOf(...turns);
      for (let length = 0; length < turns.length; length += 1) expect(labelsOf(...turns.slice(0, length))).toEqual(all.slice(0, length));
    }),
  );
});
