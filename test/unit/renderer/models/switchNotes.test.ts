import { describe, expect, it } from 'vitest';
import type { ContextUsage } from '../../../../electron/shared/generation.ts';
import type { ModelSpeed } from '../../../../electron/shared/speed.ts';
import { switchNotes } from '../../../../renderer/features/models/switchNotes.ts';
import { testModel } from './testModel.ts';

const blind = testModel('one', { name: 'Gemma 3 1B', size: '1B', projector: null });
const seeing = testModel('four', { name: 'Gemma 3 4B' });
const usage: ContextUsage = { system: 0, documents: 1_000, images: 520, conversation: 500, answerRoom: 2048, available: 8192 };
const speed: ModelSpeed = {
  modelId: null,
  name: 'x',
  size: '4B',
  quantisation: 'Q4_0',
  backend: 'CPU',
  predicted: false,
  prefillTokensPerSecond: 100,
  decodeTokensPerSecond: 16,
  wordsPerSecond: 12,
  imageSeconds: 4,
  minutesPer100Pages: 9,
};
const target = { model: seeing, contextTokens: 8192, speed };

describe('switchNotes', () => {
  it('names the pictures that the next model cannot see', () => {
    const notes = switchNotes({ pictures: ['Picture 1', 'Picture 2'], usage: null }, { ...target, model: blind });
    expect(notes).toEqual(['Gemma 3 1B can’t see Picture 1 and Picture 2. It gets only the text that OCR finds there.']);
    expect(switchNotes({ pictures: ['Picture 1'], usage: null }, target)).toEqual([]);
  });

  it('says how long the chat is read again, pictures included', () => {
    expect(switchNotes({ pictures: ['a'], usage }, target)).toEqual([
      'It reads this chat from the start: about 23 seconds before the next answer begins.',
    ]);
    expect(switchNotes({ pictures: [], usage }, { ...target, speed: { ...speed, predicted: true } })[0]).toContain('as predicted');
    expect(switchNotes({ pictures: [], usage: { ...usage, documents: 0, images: 0, conversation: 100 } }, target)).toEqual([]);
  });

  it('says when the chat does not fit any more, instead of how long it takes', () => {
    const notes = switchNotes({ pictures: [], usage: { ...usage, documents: 3_000 } }, { ...target, contextTokens: 2048 });
    expect(notes).toEqual([
      'This chat holds about 8 pages of text, more than the 2K tokens that Gemma 3 4B reads at once here. The next question offers ways to make it fit.',
    ]);
    // Pictures take nothing of a model that sees none.
    expect(switchNotes({ pictures: [], usage }, { model: blind, contextTokens: 1_600, speed: null })).toEqual([]);
  });
});
