import { expect, it } from 'vitest';
import { createAnnouncer } from '../../../../renderer/features/chat/announcer.ts';
import type { AnswerState } from '../../../../electron/shared/conversations.ts';
import { assistantMessage, receipt, sampleConversation, userMessage } from '../../../fakes/preview/samples.ts';

const chat = (text: string, state: AnswerState) =>
  sampleConversation([userMessage('1', null, 'q'), assistantMessage('2', '1', text, { state })]);
const reading = (page: number): AnswerState => ({ kind: 'generating', stage: { kind: 'readingDocument', name: 'a.pdf', page, pages: 9 } });
const writing: AnswerState = { kind: 'generating', stage: { kind: 'writing', tokens: 1 } };

it('says a stage once, then the answer by sentences, then its end', () => {
  const announce = createAnnouncer();
  expect(announce(chat('', reading(1)))).toBe('Reading page 1 of 9 of a.pdf');
  expect(announce(chat('', reading(2)))).toBe('');
  expect(announce(chat('One. Tw', writing))).toBe('One.');
  expect(announce(chat('One. Two', writing))).toBe('');
  expect(announce(chat('One. Two', { kind: 'complete', receipt }))).toBe('Two');
  expect(announce(chat('One. Two', { kind: 'complete', receipt }))).toBe('');
});

it('does not read out an old answer', () => {
  expect(createAnnouncer()(chat('Old.', { kind: 'complete', receipt }))).toBe('');
});
