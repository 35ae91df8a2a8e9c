import { createShiki, highlightGroups } from './highlightGroups.ts';
import type { HighlightedGroup, HighlightJob } from './highlightMessages.ts';

// Grammars compile for tens of milliseconds: in a thread of their own they hold up nothing.
const shiki = createShiki();

self.addEventListener('message', (event: MessageEvent<HighlightJob>) => {
  const { id, groups, language } = event.data;
  const run = async (): Promise<void> => {
    for await (const lines of highlightGroups(await shiki, groups, language)) self.postMessage({ id, lines } satisfies HighlightedGroup);
  };
  // Colours are a comfort: a grammar that fails leaves the code as it is.
  run().catch(() => undefined);
});
