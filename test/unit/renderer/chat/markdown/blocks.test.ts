import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, createBlockSplitter } from '../../../../../renderer/features/chat/markdown/blocks.ts';
import { richAnswer } from '../../../../fakes/preview/answers.ts';

const split = (text: string) => createBlockSplitter()(text);
const all = (text: string): readonly Block[] => {
  const { closed, tail } = split(text);
  return tail === null ? closed : [...closed, tail];
};

describe('createBlockSplitter', () => {
  it('keeps the identity of closed blocks while the text grows by one character', () => {
    const splitter = createBlockSplitter();
    let before: readonly Block[] = [];
    for (let length = 1; length <= richAnswer.length; length += 1) {
      const { closed } = splitter(richAnswer.slice(0, length));
      before.forEach((block, index) => expect(closed[index]).toBe(block));
      before = closed;
    }
    expect(before.length).toBeGreaterThan(8);
  });

  it('gives the same however the text is cut into pieces', () => {
    const parts = [
      'a line',
      '\n',
      '\n\n',
      '```',
      '```js\n',
      '~~~',
      '- item',
      '1. one',
      '  indented',
      '# head',
      '$$',
      '| a | b |',
      '\r\n',
      '> quote',
      '\\[',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (pieces) => {
        const splitter = createBlockSplitter();
        let text = '';
        let last = splitter('');
        for (const piece of pieces) last = splitter((text += piece));
        expect(last).toEqual(split(text));
      }),
    );
  });

  it('loses no word of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('word', '\n', '\n\n', '- item', '```\n', '# head', '$$', 'x'), { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const shown = all(text)
          .map((block) => (block.kind === 'code' ? `${block.language} ${block.code}` : block.text))
          .join('\n');
        const letters = (value: string): string => value.replace(/[^a-z]/g, '');
        expect(letters(shown)).toBe(letters(text));
      }),
    );
  });

  it('takes a fence as code from its first line on, and closes it by an equal or longer one only', () => {
    expect(all('```py')).toEqual([{ kind: 'code', language: 'py', code: '', closed: false }]);
    expect(all('```py\na\n\nb')).toEqual([{ kind: 'code', language: 'py', code: 'a\n\nb', closed: false }]);
    expect(all('````\n```\n````\nafter')).toEqual([
      { kind: 'code', language: '', code: '```', closed: true },
      { kind: 'markdown', text: 'after' },
    ]);
  });

  it('does not show the closing fence as code while it is being written', () => {
    expect(all('```js\nx\n``')).toEqual([{ kind: 'code', language: 'js', code: 'x', closed: false }]);
    expect(all('```js\nx\n```')).toEqual([{ kind: 'code', language: 'js', code: 'x', closed: true }]);
  });

  it('keeps a list with blank lines and code inside its items together', () => {
    expect(all('1. one\n\n2. two\n\n   ```js\n   x\n   ```\n\n3. three')).toHaveLength(1);
    expect(all('- a\n- b\n\nafter\n')).toHaveLength(2);
  });

  it('starts afresh for a text that is not a continuation', () => {
    const splitter = createBlockSplitter();
    splitter('one\n\ntwo\n\nthree');
    expect(splitter('other')).toEqual({ closed: [], tail: { kind: 'markdown', text: 'other' } });
  });
});
