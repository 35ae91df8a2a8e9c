import { createHighlighterCore, type GrammarState, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { languageLoaders, languageName } from './codeLanguages.ts';
import type { HighlightedLine } from './highlightMessages.ts';

/** Longer lines get no colours: minified files would take minutes. */
const longestLine = 2000;

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-default' };

/** The engine without any grammar. It compiles to JavaScript expressions: no WebAssembly, no eval. */
export function createShiki(): Promise<HighlighterCore> {
  return createHighlighterCore({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    themes: [import('shiki/themes/github-light-high-contrast.mjs'), import('shiki/themes/github-dark-default.mjs')],
  });
}

/** Colours group after group, each going on where the one before ended. Yields nothing for a language that is not bundled. */
export async function* highlightGroups(
  shiki: HighlighterCore,
  groups: readonly string[],
  language: string,
): AsyncGenerator<readonly HighlightedLine[]> {
  const name = languageName(language);
  if (name === null) return;
  if (!shiki.getLoadedLanguages().includes(name)) await shiki.loadLanguage(languageLoaders[name]);
  let grammarState: GrammarState | undefined;
  for (const group of groups) {
    const result = shiki.codeToTokens(group.replace(/\n$/, ''), {
      lang: name,
      themes,
      defaultColor: false,
      tokenizeMaxLineLength: longestLine,
      ...(grammarState === undefined ? {} : { grammarState }),
    });
    grammarState = result.grammarState;
    yield result.tokens.map((line) => line.map((token) => ({ text: token.content, style: token.htmlStyle ?? {} })));
  }
}
