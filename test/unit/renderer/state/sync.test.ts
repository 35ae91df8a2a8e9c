import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { createFakeHost, type FakeHost } from '../../../fakes/fakeHost.ts';
import { assistantMessage, receipt, sampleConversation, sampleState, userMessage } from '../../../fakes/preview/samples.ts';
import { testFacet } from '../harness.tsx';
import { eventually } from '../../../fakes/eventually.ts';

const conversation = sampleConversation([
  userMessage('1', null, 'a'),
  assistantMessage('2', '1', 'b', { state: { kind: 'generating', stage: { kind: 'writing', tokens: 1 } } }),
]);
let host: FakeHost;
let facet: Facet;

beforeEach(async () => {
  host = createFakeHost({
    state: sampleState({ conversations: [conversation.summary] }),
    conversations: [conversation],
    script: () => ({ stages: [], pieces: ['one ', 'two'], pauseMs: 0, receipt }),
  });
  facet = testFacet(() => host.openPort());
  await eventually(() => expect(facet.stores.app.getState().app).not.toBeNull());
});
afterEach(() => facet.close());

const shownText = (id: string): string | undefined => {
  const { current } = facet.stores.conversation.getState();
  return current.kind === 'open' ? current.conversation.messages.find((message) => message.id === id)?.text : undefined;
};
const append = (text: string): void => host.emit({ name: 'message.appended', payload: { conversationId: 'c', messageId: '2', text } });

describe('startSync', () => {
  it('applies events to the app and to the open conversation', async () => {
    await facet.chat.open('c');
    append('!');
    host.emit({ name: 'settings.changed', payload: { settings: { ...host.state().settings, theme: 'dark' } } });
    await eventually(() => expect(facet.stores.app.getState().app?.settings.theme).toBe('dark'));
    expect(shownText('2')).toBe('b!');
  });

  it('takes a new snapshot after a gap, the open conversation included', async () => {
    await facet.chat.open('c');
    host.loseNextEvent();
    append(' lost');
    await eventually(() => expect(shownText('2')).toBe('b lost'));
  });

  it('connects again after a loss and has what happened meanwhile', async () => {
    await facet.chat.open('c');
    host.dropConnections();
    await eventually(() => expect(facet.client.state().kind).toBe('waiting'));
    append(' while away');
    await eventually(() => expect(shownText('2')).toBe('b while away'));
    append(', and after');
    await eventually(() => expect(shownText('2')).toBe('b while away, and after'));
  });

  it('refuses requests while there is no connection instead of keeping them waiting', async () => {
    host.dropConnections();
    await eventually(() => expect(facet.client.state().kind).toBe('waiting'));
    await expect(facet.client.request('app.describe', {})).rejects.toMatchObject({ data: { code: 'internal' } });
  });

  it('leaves a removed conversation for a new chat', async () => {
    await facet.chat.open('c');
    host.emit({ name: 'conversation.removed', payload: { id: 'c' } });
    await eventually(() => expect(facet.stores.conversation.getState().current.kind).toBe('new'));
  });
});

describe('chat actions', () => {
  it('creates the conversation at the first send and keeps nothing in the draft', async () => {
    facet.stores.drafts.setState({ drafts: { new: { text: ' Hello ', attachments: [], mode: 'auto', soFar: false } } });
    await facet.chat.send();
    await eventually(() => {
      const { current } = facet.stores.conversation.getState();
      expect(current.kind === 'open' ? current.conversation.messages.map(({ text }) => text) : []).toEqual(['Hello', 'one two']);
    });
    expect(Object.values(facet.stores.drafts.getState().drafts).every(({ text }) => text === '')).toBe(true);
  });

  it('gives the words back when the send fails', async () => {
    await facet.chat.open('c');
    facet.stores.drafts.setState({ drafts: { c: { text: 'keep me', attachments: [], mode: 'whole', soFar: false } } });
    host.dropConnections();
    await eventually(() => expect(facet.client.state().kind).toBe('waiting'));
    await facet.chat.send();
    expect(facet.stores.drafts.getState().drafts['c']?.text).toBe('keep me');
  });

  it('says so when a conversation is not there', async () => {
    await facet.chat.open('gone');
    expect(facet.stores.conversation.getState().current).toMatchObject({ kind: 'failed', error: { code: 'notFound' } });
  });
});
