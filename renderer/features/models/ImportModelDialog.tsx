import { Dialog } from '../../components/Dialog.tsx';
import { useApp } from '../../state/useFacet.ts';
import { ImportByCommand } from './ImportByCommand.tsx';
import { ImportByPath } from './ImportByPath.tsx';

export interface ImportModelDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Takes a Gemma 3 file that is already on this computer, where it lies. A browser may not name files, so there the terminal does it. */
export function ImportModelDialog({ open, onOpenChange }: ImportModelDialogProps) {
  const pathsAllowed = useApp(({ description }) => description?.pathsAllowed ?? false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a model file"
      description="A Gemma 3 model in one GGUF file on this computer. Facet checks it and uses it where it lies; nothing is copied."
    >
      {pathsAllowed ? <ImportByPath onAdded={() => onOpenChange(false)} /> : <ImportByCommand />}
    </Dialog>
  );
}
