import { useView, useFacet } from '../../state/useFacet.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import styles from './SwitchDialog.module.css';
import { useModelActions } from './useModelActions.ts';

/** Says what changes for the chat on the screen before another model goes on with it. */
export function SwitchDialog() {
  const { view } = useFacet();
  const { switchTo } = useModelActions();
  const switching = useView((slice) => slice.switching);
  const close = (): void => view.askToSwitch(null);
  return (
    <Dialog
      open={switching !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={`Go on with ${switching?.name ?? ''}?`}
      description="The chat stays as it is. This changes:"
      footer={
        <>
          <Button onClick={close}>Keep the model</Button>
          <Button
            variant="primary"
            onClick={() => {
              close();
              view.show('none');
              if (switching !== null) void switchTo(switching.modelId);
            }}
          >
            Switch
          </Button>
        </>
      }
    >
      <ul className={styles['notes']}>
        {switching?.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Dialog>
  );
}
