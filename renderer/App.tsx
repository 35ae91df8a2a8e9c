import { useState } from 'react';
import { TooltipProvider } from './components/Tooltip.tsx';
import { createCodeHighlighter } from './features/chat/markdown/highlightCode.ts';
import { HighlighterContext } from './features/chat/markdown/useHighlight.ts';
import { Shell } from './shell/Shell.tsx';
import { shellSlots } from './shellSlots.tsx';
import { useTheme } from './shell/useTheme.ts';

export function App() {
  useTheme();
  const [highlighter] = useState(createCodeHighlighter);
  return (
    <TooltipProvider>
      <HighlighterContext value={highlighter}>
        <Shell slots={shellSlots} />
      </HighlighterContext>
    </TooltipProvider>
  );
}
