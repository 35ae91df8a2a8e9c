// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeLink } from '../../../../../renderer/features/chat/markdown/judgeLink.ts';
import { MarkdownText } from '../../../../../renderer/features/chat/markdown/MarkdownText.tsx';
import { renderFormula } from '../../../../../renderer/features/chat/markdown/renderFormula.ts';
import { Frame, testFacet } from '../../harness.tsx';
import { hostileMarkdown, hostileStreams } from './hostileMarkdown.ts';

const facet = testFacet();
afterAll(() => facet.close());

/** Everything an answer may consist of, the parts of our own controls included. */
const elements = new Set(
  'div p h2 h3 h4 ul ol li blockquote pre code hr br em strong del sup section table thead tbody tr th td span button figure figcaption input svg path rect'.split(
    ' ',
  ),
);
const attributes = new Set(
  'class type role aria-label aria-hidden aria-haspopup aria-expanded aria-controls data-state data-tex data-footnotes data-slot tabindex disabled readonly checked start dir style id aria-describedby width height viewbox fill stroke stroke-width stroke-linecap stroke-linejoin xmlns d x y rx ry'.split(
    ' ',
  ),
);

function faults(text: string, streaming: boolean): readonly string[] {
  const markup = renderToStaticMarkup(
    <Frame facet={facet}>
      <MarkdownText text={text} streaming={streaming} />
    </Frame>,
  );
  const page = new DOMParser().parseFromString(markup, 'text/html');
  return [...page.body.querySelectorAll('*')].flatMap((element) => {
    const name = element.tagName.toLowerCase();
    const badAttributes = [...element.attributes].filter(
      ({ name: attribute, value }) =>
        !attributes.has(attribute.toLowerCase()) || (attribute === 'style' && !/^text-align:\s?(?:left|center|right);?$/.test(value)),
    );
    return [
      ...(elements.has(name) ? [] : [`<${name}>`]),
      ...badAttributes.map((attribute) => `<${name} ${attribute.name}="${attribute.value}">`),
    ];
  });
}

describe('answers', () => {
  it('knows a corpus worth the name', () => {
    expect(hostileMarkdown.length).toBeGreaterThan(200);
  });

  it('would notice a forbidden node', () => {
    const page = new DOMParser().parseFromString('<img src="x">', 'text/html');
    expect(elements.has(page.body.firstElementChild?.tagName.toLowerCase() ?? '')).toBe(false);
  });

  it('never yield a forbidden node, cut anywhere', { timeout: 60_000 }, () => {
    for (const text of hostileStreams) {
      for (let end = 1; end <= text.length; end += 1) expect(faults(text.slice(0, end), true), text.slice(0, end)).toEqual([]);
    }
  });

  it.each(hostileMarkdown)('never yield a forbidden node: %s', (text) => expect(faults(text, false)).toEqual([]));

  it('say of a picture that it is not shown, and where it would have come from', () => {
    const markup = renderToStaticMarkup(
      <Frame facet={facet}>
        <MarkdownText text="![chart](https://evil.example/x.png)" streaming={false} />
      </Frame>,
    );
    expect(markup).toContain('picture not shown: chart (https://evil.example/x.png)');
    expect(markup).not.toContain('<img');
  });
});

describe('formulas', () => {
  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://evil.example}',
    '\\includegraphics{https://evil.example/x.png}',
    '\\htmlClass{a}{x}',
  ])('follow no link and load no picture: %s', (tex) => {
    const place = document.createElement('span');
    renderFormula(tex, place, false);
    expect(place.querySelector('a, img, [href], [src], [style*="url"]')).toBeNull();
  });

  it('give up on macros without end and show the source', () => {
    const place = document.createElement('span');
    renderFormula('\\def\\a{\\a\\a}\\a', place, false);
    expect(place.textContent).toContain('\\def');
  });
});

describe('judgeLink', () => {
  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'smb://x/y',
    'calculator:',
    'ms-msdt:/id',
    'vbscript:x',
    '//host/x',
    'x',
    'app://bundle/x',
    'blob:https://x/1',
  ])('refuses %s', (address) => expect(judgeLink(address).kind).toBe('refused'));

  it('names the real host, whatever stands before it', () => {
    expect(judgeLink('https://bank.example@evil.example/x')).toEqual({
      kind: 'web',
      host: 'evil.example',
      address: 'https://bank.example@evil.example/x',
    });
    expect(judgeLink('mailto:a@b.example').kind).toBe('mail');
    expect(judgeLink('#user-content-fn-1').kind).toBe('local');
  });
});
