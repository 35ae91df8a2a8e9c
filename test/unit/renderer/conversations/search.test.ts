import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptParts } from '../../../../renderer/features/conversations/excerptParts.ts';
import { searchChoices } from '../../../../renderer/features/conversations/searchChoices.ts';

describe('excerptParts', () => {
  it('cuts an excerpt at its matches', () => {
    expect(excerptParts({ excerpt: 'three months’ notice', matches: [{ start: 14, length: 6 }] })).toEqual([
      { text: 'three months’ ', hit: false },
      { text: 'notice', hit: true },
    ]);
  });

  it('never repeats or loses text, wherever the matches lie', () => {
    const matches = fc.array(fc.record({ start: fc.nat(40), length: fc.nat(40) }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), matches, (excerpt, found) => {
        const parts = excerptParts({ excerpt, matches: found });
        expect(parts.map(({ text }) => text).join('')).toBe(excerpt);
        expect(parts.every(({ text }) => text !== '')).toBe(true);
      }),
    );
  });
});

describe('searchChoices', () => {
  const conversation = {
    id: 'c1',
    title: '',
    titledBy: 'nobody',
    createdAt: 1,
    updatedAt: 1,
    opening: 'What is the notice period?',
  } as const;

  it('offers recent conversations before anything is typed', () => {
    expect(searchChoices({ kind: 'idle' }, [conversation])).toEqual([
      { key: 'c1', conversationId: 'c1', messageId: null, title: 'What is the notice period?', excerpt: [] },
    ]);
  });

  it('gives every hit its own line, two of one conversation too', () => {
    const hit = { conversationId: 'c1', messageId: 'm1', title: 'Lease', excerpt: 'notice', matches: [] };
    const choices = searchChoices({ kind: 'found', query: 'notice', hits: [hit, { ...hit, messageId: 'm2' }] }, []);
    expect(new Set(choices.map(({ key }) => key)).size).toBe(2);
  });

  it('names a hit like the list does', () => {
    const hit = { conversationId: 'c1', messageId: 'm1', title: '', excerpt: 'notice', matches: [] };
    const state = { kind: 'found', query: 'notice', hits: [hit, { ...hit, conversationId: 'gone' }] } as const;
    expect(searchChoices(state, [conversation]).map(({ title }) => title)).toEqual(['What is the notice period?', 'New chat']);
  });

  it('offers nothing while the search has failed', () => {
    expect(searchChoices({ kind: 'failed', error: { code: 'internal', details: { message: 'x' } } }, [conversation])).toEqual([]);
  });
});
