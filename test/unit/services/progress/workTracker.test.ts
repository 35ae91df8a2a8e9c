import { expect, it } from 'vitest';
import { createWorkTracker } from '../../../../electron/services/progress/workTracker.ts';
import type { AppEvent } from '../../../../electron/shared/appState.ts';
import type { AttachmentState } from '../../../../electron/shared/attachments.ts';
import type { AnswerState } from '../../../../electron/shared/conversations.ts';
import type { GenerationStage } from '../../../../electron/shared/generation.ts';
import type { ModelState } from '../../../../electron/shared/models.ts';
import { assistantMessage, lease, receipt, seeingModel } from '../../../fakes/preview/samples.ts';

const answer = (state: AnswerState): AppEvent => ({
  name: 'message.changed',
  payload: { message: assistantMessage('2', '1', '', { state }) },
});
const stage = (stage: GenerationStage): AppEvent => ({ name: 'message.staged', payload: { conversationId: 'c', messageId: '2', stage } });
const file = (id: string, state: AttachmentState): AppEvent => ({
  name: 'attachment.changed',
  payload: { attachment: { ...lease, id, state } },
});
const model = (state: ModelState): AppEvent => ({ name: 'model.changed', payload: { model: { ...seeingModel, state } } });
const downloading = { kind: 'downloading', receivedBytes: 1, totalBytes: 4, bytesPerSecond: 1, source: 'example.org' } as const;

it('says how far an answer is until its first word, and nothing after', () => {
  const track = createWorkTracker();
  expect(track(answer({ kind: 'generating', stage: { kind: 'waiting' } }))).toBe('unknown');
  expect(track(stage({ kind: 'readingDocument', name: 'a.pdf', page: 1, pages: 4 }))).toBe(0);
  expect(track(stage({ kind: 'lookingAtView', name: 'a.png', view: 3, views: 4 }))).toBe(0.5);
  expect(track(stage({ kind: 'readingParts', part: 2, parts: 4, found: 0 }))).toBe(0.25);
  expect(track(stage({ kind: 'readingPrompt', doneTokens: 300, totalTokens: 400 }))).toBe(0.75);
  expect(track(stage({ kind: 'writing', tokens: 1 }))).toBeNull();
  expect(track(stage({ kind: 'waiting' }))).toBe('unknown');
  expect(track(answer({ kind: 'complete', receipt }))).toBeNull();
});

it('takes the mean of files that are read, and leaves out those whose pages are not counted yet', () => {
  const track = createWorkTracker();
  expect(track(file('a', { kind: 'reading', done: 0, total: 0 }))).toBe('unknown');
  expect(track(file('b', { kind: 'reading', done: 1, total: 4 }))).toBe(0.25);
  expect(track(file('a', { kind: 'reading', done: 3, total: 4 }))).toBe(0.5);
  expect(track(file('a', lease.state))).toBe(0.25);
  expect(track({ name: 'attachment.removed', payload: { id: 'b' } })).toBeNull();
});

it('puts what is waited for most first: the answer, files, the model, downloads', () => {
  const track = createWorkTracker();
  expect(track(model(downloading))).toBe(0.25);
  expect(track({ name: 'engine.changed', payload: { engine: { kind: 'loading', modelId: 'm', fraction: 0.4 } } })).toBe(0.4);
  expect(track(file('a', { kind: 'reading', done: 3, total: 4 }))).toBe(0.75);
  expect(track(answer({ kind: 'generating', stage: { kind: 'waiting' } }))).toBe('unknown');
  expect(track(answer({ kind: 'cancelled', receipt: null }))).toBe(0.75);
  expect(track(file('a', lease.state))).toBe(0.4);
  expect(track({ name: 'engine.changed', payload: { engine: { kind: 'idle' } } })).toBe(0.25);
  expect(track(model({ ...downloading, kind: 'paused' }))).toBeNull();
});
