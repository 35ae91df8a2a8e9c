import { type ReactElement, useState } from 'react';
import type { Model } from '../../../electron/shared/models.ts';
import { useApp } from '../../state/useFacet.ts';
import { TermsDialog } from './TermsDialog.tsx';
import { useModelActions } from './useModelActions.ts';

export interface Download {
  /** Begins or resumes a download; asks for the terms first when they were never accepted. */
  readonly start: (model: Model) => void;
  /** To be rendered by the caller. */
  readonly dialog: ReactElement;
}

/** @param onStart called when a download really begins */
export function useDownload(onStart: (model: Model) => void = () => undefined): Download {
  const accepted = useApp(({ app }) => app?.settings.termsAccepted ?? false);
  const actions = useModelActions();
  const [asking, setAsking] = useState<Model | null>(null);

  const begin = (model: Model): void => {
    onStart(model);
    void actions.download(model.id);
  };
  const accept = async (model: Model): Promise<void> => {
    setAsking(null);
    await actions.acceptTerms();
    begin(model);
  };
  return {
    start: (model) => {
      if (accepted) begin(model);
      else setAsking(model);
    },
    dialog: (
      <TermsDialog
        model={asking}
        onClose={() => setAsking(null)}
        onAccept={() => {
          if (asking !== null) void accept(asking);
        }}
      />
    ),
  };
}
