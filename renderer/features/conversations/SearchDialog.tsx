import { Dialog } from '../../components/Dialog.tsx';
import { useFacet, useView } from '../../state/useFacet.ts';
import { SearchPanel } from './SearchPanel.tsx';

/** Search over every conversation, on Ctrl K. */
export function SearchDialog() {
  const { view } = useFacet();
  const open = useView(({ overlay }) => overlay === 'search');
  return (
    <Dialog open={open} onOpenChange={(next) => view.show(next ? 'search' : 'none')} title="Search chats" width="wide" placement="top">
      <SearchPanel onClose={() => view.show('none')} />
    </Dialog>
  );
}
