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

export interface DownloadOptions {
  /** Called when a download really begins. */
  readonly onStart?: (model: Model) => void;
  /** What the host is asked for; the model's own id unless given. */
  readonly requestId?: (model: Model) => string;
}

export function useDownload({ onStart, requestId = ({ id }) => id }: DownloadOptions = {}): Download {
  const accepted = useApp(({ app }) => app?.settings.termsAccepted ?? false);
  const actions = useModelActions();
  const [asking, setAsking] = useState<Model | null>(null);

  const begin = (model: Model): void => {
    onStart?.(model);
    void actions.download(requestId(model));
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
