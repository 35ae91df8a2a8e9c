import { describe, expect, it } from 'vitest';
import { attachmentFact, coverageWords } from '../../../../renderer/features/composer/attachmentFact.ts';
import { findBlindPictures, findSendBlock, restedWords } from '../../../../renderer/features/composer/sendBlock.ts';
import { seeingModels } from '../../../../renderer/features/composer/seeingModels.ts';
import type { DraftAttachment } from '../../../../renderer/state/draftStore.ts';
import { lease, photo, sampleState, scan, textModel, tinyReader, seeingModel } from '../../../fakes/preview/samples.ts';

const stored = (attachmentId: string): DraftAttachment => ({
  kind: 'stored',
  localId: attachmentId,
  use: { attachmentId, panScan: 'auto', regions: [] },
});
const app = sampleState();
const blind = sampleState({ settings: { ...app.settings, modelId: textModel.id } });

describe('findSendBlock', () => {
  it.each([
    ['nothing in the way', { draft: { text: 'hi', attachments: [stored(photo.id)] }, app, connected: true }, undefined],
    ['no words', { draft: { text: '  ', attachments: [] }, app, connected: true }, 'nothingTyped'],
    ['no connection', { draft: { text: 'hi', attachments: [] }, app, connected: false }, 'notConnected'],
    ['no model', { draft: { text: 'hi', attachments: [] }, app: { ...app, models: [] }, connected: true }, 'noModel'],
    [
      'a picture and a model that sees nothing',
      { draft: { text: 'hi', attachments: [stored(photo.id)] }, app: blind, connected: true },
      undefined,
    ],
    [
      'a document and a model that sees nothing',
      { draft: { text: 'hi', attachments: [stored(lease.id)] }, app: blind, connected: true },
      undefined,
    ],
    [
      'an upload',
      {
        draft: { text: 'hi', attachments: [{ kind: 'uploading', localId: 'u', name: 'u.png', bytes: 2, sentBytes: 1 }] },
        app,
        connected: true,
      },
      'uploading',
    ],
  ] as const)('%s', (_name, state, expected) => expect(findSendBlock(state)?.kind).toBe(expected));

  it('names a file that was not read', () => {
    const failed = { ...lease, state: { kind: 'failed', error: { code: 'documentEmpty', details: { file: lease.name } } } } as const;
    const block = findSendBlock({
      draft: { text: 'hi', attachments: [stored(lease.id)] },
      app: { ...app, attachments: [failed] },
      connected: true,
    });
    expect(block).toEqual({ kind: 'unreadable', name: 'lease.pdf' });
  });
});

it('says which pictures a model that sees nothing gets only the text of', () => {
  const draft = { text: 'hi', attachments: [stored(photo.id), stored(lease.id)] };
  expect(findBlindPictures(draft, blind)).toEqual({ model: textModel, pictures: [{ localId: photo.id, name: photo.name }] });
  expect(findBlindPictures(draft, app)).toBeNull();
});

it('says that a model was taken out of memory after a while, and nothing where the user did it', () => {
  const rested = (minutes: number) => restedWords({ ...app, engine: { kind: 'idle', restedMinutes: minutes } });
  expect(rested(30)).toBe(`${seeingModel.name} left the memory after 30 minutes without a question; the next one loads it again`);
  expect(rested(1)).toContain('after a minute without');
  expect(restedWords({ ...app, engine: { kind: 'idle' } })).toBe('');
  expect(restedWords({ ...app, models: [], engine: { kind: 'idle', restedMinutes: 30 } })).toBe('');
  expect(restedWords(null)).toBe('');
});

it('offers a bigger model that sees before the tiny one', () => {
  expect(seeingModels([textModel, tinyReader, seeingModel]).map(({ id }) => id)).toEqual([seeingModel.id, tinyReader.id]);
});

describe('attachmentFact', () => {
  it('says that all was read, or what was not', () => {
    expect(attachmentFact(lease)).toEqual({ tone: 'plain', text: '14 pages, all read', fraction: null });
    expect(attachmentFact(scan)).toEqual({
      tone: 'caution',
      text: '14 pages: 11 with text, 1 read by OCR, 1 blank, 1 not read',
      fraction: null,
    });
  });

  it('never calls a document without text read', () => {
    expect(coverageWords({ pages: 1, text: 0, ocr: 0, vision: 0, blank: 1, failed: 0 })).toBe('1 page: 1 blank');
  });

  it('says on the card what was left out beside a text that was read', () => {
    const noted = (...warningsByPage: readonly (readonly string[])[]) => {
      const pages = warningsByPage.map((warnings, index) => ({ page: index + 1, source: 'text', characters: 90, warnings }) as const);
      const coverage = { pages: pages.length, text: pages.length, ocr: 0, vision: 0, blank: 0, failed: 0 };
      const document = { format: 'pptx', title: '', pages, coverage, characters: 90, warnings: [] };
      return attachmentFact({ ...lease, state: { kind: 'document', document } });
    };
    expect(noted(['attachments were not opened (2)'])).toMatchObject({ tone: 'caution', text: 'Attachments were not opened (2)' });
    expect(noted([], [], ['a chart on it was not read'])).toMatchObject({ tone: 'caution', text: '3 pages, all read; check page 3' });
    expect(noted(['pictures on it were not read'], ['a hidden slide']).text).toBe('2 pages, all read; check 2 pages');
    expect(noted([], [])).toMatchObject({ tone: 'plain', text: '2 pages, all read' });
  });

  it('shows a warning of a picture instead of its size', () => {
    const animated = {
      ...photo,
      state: { kind: 'image', image: { format: 'gif', width: 1, height: 1, warnings: ['animated: the first of 12 frames is used'] } },
    } as const;
    expect(attachmentFact(animated)).toEqual({ tone: 'caution', text: 'Animated: the first of 12 frames is used', fraction: null });
  });
});
