import { expect, it } from 'vitest';
import { createBranchSelector, generatingMessage } from '../../../../renderer/state/branches.ts';
import { assistantMessage, sampleConversation, userMessage } from '../../../fakes/preview/samples.ts';

const messages = [
  userMessage('1', null, 'a'),
  assistantMessage('2', '1', 'b'),
  assistantMessage('3', '1', 'c'),
  userMessage('4', '3', 'd'),
];

it('walks from the head to the root and knows the siblings', () => {
  const entries = createBranchSelector()({ ...sampleConversation(messages), headId: '4' });
  expect(entries.map(({ message }) => message.id)).toEqual(['1', '3', '4']);
  expect(entries[1]?.siblings).toEqual(['2', '3']);
});

it('shows the changed message without finding the structure again', () => {
  const select = createBranchSelector();
  const conversation = { ...sampleConversation(messages), headId: '2' };
  const before = select(conversation);
  const grown = { ...conversation, messages: messages.with(1, assistantMessage('2', '1', 'b and more')) };
  const after = select(grown);
  expect(after[1]?.message.text).toBe('b and more');
  expect(after[1]?.siblings).toBe(before[1]?.siblings);
});

it('ends on a loop of parents', () => {
  const loop = [userMessage('1', '2', 'a'), assistantMessage('2', '1', 'b')];
  expect(createBranchSelector()({ ...sampleConversation(loop), headId: '2' })).toHaveLength(2);
});

it('finds the answer being written', () => {
  const writing = assistantMessage('2', '1', '', { state: { kind: 'generating', stage: { kind: 'waiting' } } });
  expect(generatingMessage(sampleConversation([userMessage('1', null, 'a'), writing]))).toBe(writing);
  expect(generatingMessage(sampleConversation(messages))).toBeNull();
});
