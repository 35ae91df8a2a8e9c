import type { ReactNode } from 'react';
import type { ErrorData } from '../../../electron/shared/errors.ts';
import { errorText } from '../../../electron/shared/errorText.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';

/** An error of a model or its download, as a card. */
export function ModelError({ error, actions }: { readonly error: ErrorData; readonly actions?: ReactNode }) {
  const { what, doNext } = errorText(error);
  return <ErrorCard what={what} doNext={doNext} actions={actions} details={`${error.code} ${JSON.stringify(error.details)}`} />;
}
