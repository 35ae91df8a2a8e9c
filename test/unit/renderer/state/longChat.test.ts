import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '../../../../electron/shared/conversations.ts';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { createFakeHost, type FakeHost } from '../../../fakes/fakeHost.ts';
import { assistantMessage, receipt, sampleConversation, sampleState, userMessage } from '../../../fakes/preview/samples.ts';
import { testFacet } from '../harness.tsx';
import { eventually } from '../../../fakes/eventually.ts';

const length = 1700;
const messages: readonly Message[] = Array.from({ length }, (_, index) =>
  index % 2 === 0
    ? userMessage(String(index), index === 0 ? null : String(index - 1), `question ${String(index)}`)
    : assistantMessage(String(index), String(index - 1), `answer ${String(index)}`),
);
const conversation = sampleConversation(messages);
let host: FakeHost;
let facet: Facet;
/** Numbers of messages that were shown, one after the other. */
let shown: number[];

beforeEach(async () => {
  host = createFakeHost({
    state: sampleState({ conversations: [conversation.summary] }),
    conversations: [conversation],
    script: () => ({ stages: [], pieces: [], pauseMs: 0, receipt }),
  });
  facet = testFacet(() => host.openPort());
  await eventually(() => expect(facet.stores.app.getState().app).not.toBeNull());
  shown = [];
  facet.stores.conversation.subscribe(() => shown.push(shownMessages().length));
});
afterEach(() => facet.close());

function shownMessages(): readonly Message[] {
  const { current } = facet.stores.conversation.getState();
  return current.kind === 'open' ? current.conversation.messages : [];
}

/** Resolves as soon as the end of the chat is shown, before anything else can come. */
function endShown(): Promise<void> {
  return new Promise((resolve) => {
    const stop = facet.stores.conversation.subscribe(() => {
      if (shownMessages().length !== 40) return;
      stop();
      resolve();
    });
  });
}

it('shows the end of a long chat first, then all of it at once, in order', async () => {
  const request = vi.spyOn(facet.client, 'request');
  await facet.chat.open('c');
  expect(shown).toEqual([0, 40, length]);
  expect(shownMessages()).toEqual(messages);
  const asked = request.mock.calls.map(([name]) => name).filter((name) => name.startsWith('conversation.'));
  expect(asked).toEqual(['conversation.open', ...Array.from({ length: 4 }, () => 'conversation.earlier')]);
  const { current } = facet.stores.conversation.getState();
  expect(current.kind === 'open' && current.conversation.earlier).toBeUndefined();
});

it('keeps what happens while the rest is read: a new message, a changed old one, more of an old one', async () => {
  const opening = facet.chat.open('c');
  await endShown();
  host.emit({ name: 'message.changed', payload: { message: userMessage('new', String(length - 1), 'and now?') } });
  host.emit({ name: 'message.changed', payload: { message: assistantMessage('1', '0', 'better') } });
  host.emit({ name: 'message.appended', payload: { conversationId: 'c', messageId: '3', text: '!' } });
  await opening;
  expect(shownMessages()).toEqual(host.conversation('c').messages);
  expect(shownMessages()).toHaveLength(length + 1);
  expect(shownMessages()[1]?.text).toBe('better');
  expect(shownMessages()[3]?.text).toBe('answer 3!');
});

it('has no smaller copy in between when it is read again after a gap', async () => {
  await facet.chat.open('c');
  shown.length = 0;
  host.loseNextEvent();
  host.emit({ name: 'message.changed', payload: { message: assistantMessage('5', '4', 'told while away') } });
  await eventually(() => expect(shownMessages()[5]?.text).toBe('told while away'));
  expect(new Set(shown)).toEqual(new Set([length]));
});

it('leaves another chat alone that was opened meanwhile', async () => {
  const opening = facet.chat.open('c');
  await endShown();
  facet.chat.startNew();
  await opening;
  expect(facet.stores.conversation.getState().current.kind).toBe('new');
});
