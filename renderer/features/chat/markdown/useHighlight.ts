import { createContext, useContext, useEffect, useState } from 'react';
import type { CodeHighlighter } from './codeHighlighter.ts';
import { codeGroups } from './codeGroups.ts';
import type { HighlightedLine } from './highlightMessages.ts';

/** The page's highlighter, made in App.tsx; without one code stands in one colour. */
export const HighlighterContext = createContext<CodeHighlighter | null>(null);

type Highlighted = readonly (readonly HighlightedLine[])[];

const none: Highlighted = [];

/** The colours of a piece of code, group by group as they are found; nothing for null or for a language that is not known. */
export function useHighlight(code: string | null, language: string): Highlighted {
  const highlighter = useContext(HighlighterContext);
  const [found, setFound] = useState<{ readonly code: string | null; readonly groups: Highlighted }>({ code: null, groups: none });
  useEffect(() => {
    if (highlighter === null || code === null || language === '') return undefined;
    return highlighter.highlight(codeGroups(code), language, (lines) => {
      setFound((before) => ({ code, groups: before.code === code ? [...before.groups, lines] : [lines] }));
    });
  }, [code, highlighter, language]);
  return found.code === code ? found.groups : none;
}
