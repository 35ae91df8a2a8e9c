import type { CSSProperties } from 'react';
import type { GrammarState, HighlighterCore } from 'shiki/core';
import { type CodeLanguage, languageLoaders, languageName } from './codeLanguages.ts';

export type HighlightedLine = readonly { readonly text: string; readonly style: CSSProperties }[];

/** Longer lines are shown without colours: minified files would hold up the page. */
const longestLine = 2000;

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-default' };

/** Colours code for as long as the page lives; grammars are loaded when first needed. */
export interface CodeHighlighter {
  /**
   * Colours group after group, giving way to the page between two. Yields nothing for a language that is not bundled.
   * Colours are CSS variables of both themes, so a change of theme costs nothing.
   */
  highlight(groups: readonly string[], language: string): AsyncGenerator<readonly HighlightedLine[]>;
}

export function createCodeHighlighter(): CodeHighlighter {
  let core: Promise<HighlighterCore> | undefined;
  return {
    async *highlight(groups, language) {
      const name = languageName(language);
      if (name === null) return;
      core ??= createCore();
      yield* colour(await core, groups, name);
    },
  };
}

async function createCore(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([import('shiki/core'), import('shiki/engine/javascript')]);
  return createHighlighterCore({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    themes: [import('shiki/themes/github-light-high-contrast.mjs'), import('shiki/themes/github-dark-default.mjs')],
  });
}

async function* colour(highlighter: HighlighterCore, groups: readonly string[], name: CodeLanguage): AsyncGenerator<readonly HighlightedLine[]> {
  if (!highlighter.getLoadedLanguages().includes(name)) await highlighter.loadLanguage(languageLoaders[name]);
  let grammarState: GrammarState | undefined;
  for (const group of groups) {
    const result = highlighter.codeToTokens(group.replace(/\n$/, ''), {
      lang: name,
      themes,
      defaultColor: false,
      tokenizeMaxLineLength: longestLine,
      ...(grammarState === undefined ? {} : { grammarState }),
    });
    grammarState = result.grammarState;
    yield result.tokens.map((line) => line.map((token) => ({ text: token.content, style: token.htmlStyle ?? {} })));
    await new Promise((resolve) => setTimeout(resolve));
  }
}
