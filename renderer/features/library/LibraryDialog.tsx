import { Dialog } from '../../components/Dialog.tsx';
import { useFacet, useView } from '../../state/useFacet.ts';
import { LibraryPanel } from './LibraryPanel.tsx';

/** Every picture and document that was ever attached. */
export function LibraryDialog() {
  const { view } = useFacet();
  const open = useView(({ overlay }) => overlay === 'library');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => view.show(next ? 'library' : 'none')}
      title="Documents and pictures"
      width="wide"
      placement="top"
    >
      <LibraryPanel />
    </Dialog>
  );
}
