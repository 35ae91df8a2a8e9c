import { useState } from 'react';
import { isStalled } from '../../../electron/shared/models.ts';
import { ActionNote } from '../../components/ActionNote.tsx';
import { Button } from '../../components/Button.tsx';
import { useApp } from '../../state/useFacet.ts';
import { useModelActions } from './useModelActions.ts';

/** Where the engine should be working: that nothing has happened in it for a minute, and the way to start it anew. Nothing otherwise. */
export function StalledEngine() {
  const stalled = useApp(({ app }) => app !== null && isStalled(app.engine));
  return stalled ? <StalledNote /> : null;
}

function StalledNote() {
  const { restart } = useModelActions();
  const [asked, setAsked] = useState(false);
  const start = (): void => {
    setAsked(true);
    void restart();
  };
  return (
    <ActionNote role="status" words="The engine has done nothing for a minute; it may go on, and what was written is kept either way.">
      <Button size="small" disabled={asked} onClick={start}>
        Restart the engine
      </Button>
    </ActionNote>
  );
}
