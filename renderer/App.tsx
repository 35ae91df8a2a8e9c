import { useState } from 'react';
import { TooltipProvider } from './components/Tooltip.tsx';
import { createCodeHighlighter } from './features/chat/markdown/codeHighlighter.ts';
import { openHighlightWorker } from './features/chat/markdown/openHighlightWorker.ts';
import { HighlighterContext } from './features/chat/markdown/useHighlight.ts';
import { Shell } from './shell/Shell.tsx';
import { shellSlots } from './shellSlots.tsx';
import { useTheme } from './shell/useTheme.ts';

export function App() {
  useTheme();
  const [highlighter] = useState(() => createCodeHighlighter(openHighlightWorker));
  return (
    <TooltipProvider>
      <HighlighterContext value={highlighter}>
        <Shell slots={shellSlots} />
      </HighlighterContext>
    </TooltipProvider>
  );
}
