import { Dialog } from '../../components/Dialog.tsx';
import { useApp, useFacet, useView } from '../../state/useFacet.ts';
import { ImportByCommand } from './ImportByCommand.tsx';
import { ImportByPath } from './ImportByPath.tsx';

/** Takes a Gemma 3 file that is already on this computer. A browser may not name files, so there the terminal does it. */
export function ImportModelDialog() {
  const { view } = useFacet();
  const open = useView(({ overlay }) => overlay === 'import');
  const dropped = useView((slice) => slice.droppedModel);
  const pathsAllowed = useApp(({ description }) => description?.pathsAllowed ?? false);
  const close = (): void => view.show('none');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title="Add a model file"
      description="A Gemma 3 model in one GGUF file on this computer. Facet checks it before it is used."
    >
      {pathsAllowed ? (
        <ImportByPath key={dropped?.path ?? ''} dropped={dropped} onAdded={close} />
      ) : (
        <ImportByCommand fileName={dropped?.name ?? 'model.gguf'} />
      )}
    </Dialog>
  );
}
