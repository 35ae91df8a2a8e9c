import { createContext, useContext, useEffect, useState } from 'react';
import { codeGroups } from './codeGroups.ts';
import type { CodeHighlighter, HighlightedLine } from './highlightCode.ts';

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
    const controller = new AbortController();
    const run = async (): Promise<void> => {
      const groups: (readonly HighlightedLine[])[] = [];
      for await (const group of highlighter.highlight(codeGroups(code), language)) {
        if (controller.signal.aborted) return;
        groups.push(group);
        setFound({ code, groups: [...groups] });
      }
    };
    // Colours are a comfort: without them the code stands as it is.
    run().catch(() => undefined);
    return () => controller.abort();
  }, [code, highlighter, language]);
  return found.code === code ? found.groups : none;
}
