import { useRef } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { sentence } from '../../state/sentence.ts';
import { useFacet, useView } from '../../state/useFacet.ts';

/** Asks once for each chat before any of it goes to another computer. */
export function AllowServerDialog() {
  const { client, view } = useFacet();
  const leaving = useView((slice) => slice.leaving);
  const allowed = useRef(false);
  if (leaving === null) return null;
  const { conversationId, modelId, host, goOn, stay } = leaving;
  const allow = async (): Promise<void> => {
    try {
      await client.request('server.allow', { conversationId, modelId });
      goOn();
    } catch (error) {
      view.notify(sentence(toErrorData(error)));
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        view.askToLeave(null);
        if (!allowed.current) stay();
        allowed.current = false;
      }}
      title={`Send this chat to ${host}?`}
      body={`The chosen model runs on ${host}, not on this computer. The words of this chat go there, and the parts of its pictures and documents that a question needs. Facet asks once for each chat.`}
      confirmLabel={`Send to ${host}`}
      onConfirm={() => {
        // The dialog closes after this, as it does after Cancel.
        allowed.current = true;
        void allow();
      }}
    />
  );
}
