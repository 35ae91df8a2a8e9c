import { TooltipProvider } from './components/Tooltip.tsx';
import { Shell } from './shell/Shell.tsx';
import { shellSlots } from './shellSlots.tsx';
import { useTheme } from './shell/useTheme.ts';

export function App() {
  useTheme();
  return (
    <TooltipProvider>
      <Shell slots={shellSlots} />
    </TooltipProvider>
  );
}
