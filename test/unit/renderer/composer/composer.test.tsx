// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../../../renderer/features/composer/Composer.tsx';
import { uploadPieceBytes } from '../../../../electron/shared/attachments.ts';
import type { Facet } from '../../../../renderer/state/createFacet.ts';
import { createFakeHost, type FakeHost } from '../../../fakes/fakeHost.ts';
import { assistantMessage, receipt, sampleConversation, sampleState, textModel, userMessage } from '../../../fakes/preview/samples.ts';
import { Frame, memoryStorage, testFacet } from '../harness.tsx';
import { eventually } from '../../../fakes/eventually.ts';

const conversation = sampleConversation([userMessage('1', null, 'first'), assistantMessage('2', '1', 'answer')]);
let host: FakeHost;
let facet: Facet;
let root: Root;
let storage: Storage;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = createFakeHost({
    state: sampleState({ conversations: [conversation.summary] }),
    conversations: [conversation],
    script: () => ({ stages: [], pieces: Array.from({ length: 200 }, () => 'word '), pauseMs: 5, receipt }),
  });
  storage = memoryStorage();
  facet = testFacet(() => host.openPort(), storage);
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => {
    root.render(
      <Frame facet={facet}>
        <Composer />
      </Frame>,
    );
    await eventually(() => expect(facet.stores.app.getState().app).not.toBeNull());
    await facet.chat.open('c');
  });
});
afterEach(() => {
  act(() => root.unmount());
  facet.close();
  document.body.replaceChildren();
});

const field = (): HTMLTextAreaElement => document.querySelector('[data-composer-input]')!;
const button = (name: string): HTMLButtonElement | null => document.querySelector(`button[aria-label="${name}"]`);
const questions = (): readonly string[] =>
  host.conversation('c').messages.flatMap((message) => (message.role === 'user' ? [message.text] : []));

const type = (text: string): Promise<void> =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (key: string, init: KeyboardEventInit = {}): Promise<boolean> =>
  act(async () => field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })));
const pick = (...files: File[]): Promise<void> =>
  act(async () => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: files, configurable: true });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() =>
      expect(facet.stores.drafts.getState().drafts['c']?.attachments.every(({ kind }) => kind !== 'uploading')).toBe(true),
    );
  });

describe('keys', () => {
  it('sends by Enter, after the message shown, and empties the field', async () => {
    await type('  second  ');
    await press('Enter');
    await eventually(() => expect(questions()).toEqual(['first', 'second']));
    expect(host.conversation('c').messages.at(2)?.parentId).toBe('2');
    expect(field().value).toBe('');
  });

  it.each([
    ['Shift+Enter', { shiftKey: true }],
    ['the Enter of an input method', { isComposing: true }],
    ['the Enter that ends a composition', { keyCode: 229 }],
  ])('does not send by %s', async (_name, init) => {
    await type('not yet');
    await press('Enter', init);
    expect(questions()).toEqual(['first']);
  });

  it('sends nothing when nothing is typed', async () => {
    await type('   ');
    await press('Enter');
    expect(questions()).toEqual(['first']);
    expect(button('Send')?.disabled).toBe(true);
  });

  it('edits the last question by the up arrow in an empty field only', async () => {
    await type('x');
    await press('ArrowUp');
    expect(facet.stores.view.getState().editingMessageId).toBeNull();
    await type('');
    await press('ArrowUp');
    expect(facet.stores.view.getState().editingMessageId).toBe('1');
  });
});

it('offers Stop while an answer is written, and stops it', async () => {
  await type('long');
  await press('Enter');
  await act(async () => eventually(() => expect(button('Stop')).not.toBeNull()));
  await act(async () => button('Stop')?.click());
  await act(async () => eventually(() => expect(button('Send')).not.toBeNull()));
  expect(host.conversation('c').messages.at(-1)).toMatchObject({ role: 'assistant', state: { kind: 'cancelled' } });
});

it('keeps a draft for each conversation, also over a reload', async () => {
  await type('for this one');
  await act(async () => facet.chat.startNew());
  expect(field().value).toBe('');
  await type('for a new one');
  await act(async () => facet.chat.open('c'));
  expect(field().value).toBe('for this one');
  const again = testFacet(() => host.openPort(), storage);
  expect(again.stores.drafts.getState().drafts).toMatchObject({ c: { text: 'for this one' }, new: { text: 'for a new one' } });
  again.close();
});

describe('files', () => {
  it('go up in pieces within the limit and arrive whole', async () => {
    const bytes = uploadPieceBytes * 2 + 5;
    await pick(new File([new Uint8Array(bytes)], 'photo.png'));
    expect(host.state().attachments.at(-1)).toMatchObject({ name: 'photo.png', bytes });
    expect(document.body.textContent).toContain('photo.png');
  });

  it('that are not read say so on the card, block Send with the reason, and can be taken off', async () => {
    await pick(new File(['x'], 'x.bin'));
    await type('what is it?');
    expect(button('Send')?.disabled).toBe(true);
    expect(document.body.textContent).toContain('Remove x.bin to send: it was not read');
    await act(async () => button('Remove x.bin')?.click());
    expect(button('Send')?.disabled).toBe(false);
  });

  it('that are pictures say so when the model sees none, with a way on', async () => {
    await act(async () =>
      host.emit({ name: 'settings.changed', payload: { settings: { ...host.state().settings, modelId: textModel.id } } }),
    );
    await pick(new File(['x'], 'photo.png'));
    expect(document.body.textContent).toContain('Gemma 3 270M sees no pictures.');
    expect(document.body.textContent).not.toMatch(/views?|Fast/);
    const offer = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Use Gemma 3 4B');
    await act(async () => offer?.click());
    await eventually(() => expect(host.state().settings.modelId).toBe('gemma-3-4b-it-qat-q4_0'));
    expect(document.body.textContent).not.toContain('sees no pictures');
  });

  it('that are pictures say what they cost, and what is left of it as views are encoded ahead', async () => {
    await pick(new File(['x'], 'photo.png'));
    await act(async () => eventually(() => expect(document.body.textContent).toContain('1 view · 260 tokens')));
    expect(document.body.textContent).toContain('about 0.9 s');
    const attachmentId = host.state().attachments.at(-1)?.id ?? '';
    await act(async () => host.emit({ name: 'image.prepared', payload: { attachmentId, done: 1, total: 1 } }));
    await act(async () => eventually(() => expect(document.body.textContent).toContain('Ready')));
    expect(document.body.textContent).not.toContain('about 0.9 s');
  });

  it('carry the way the user wants them looked at', async () => {
    await pick(new File(['x'], 'photo.png'));
    const fine = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === 'Fine');
    await act(async () => fine?.click());
    await type('total?');
    await press('Enter');
    await eventually(() => expect(host.conversation('c').messages.at(2)).toMatchObject({ attachments: [{ panScan: 'reference' }] }));
  });
});
