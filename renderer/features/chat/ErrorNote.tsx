import type { ReactNode } from 'react';
import { errorText } from '../../../electron/shared/errorText.ts';
import type { ErrorData } from '../../../electron/shared/errors.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';

/** An error of the contract as a card: the words come from the code, the folded details from its data. */
export function ErrorNote({
  error,
  actions,
  tone,
}: {
  readonly error: ErrorData;
  readonly actions?: ReactNode;
  readonly tone?: 'error' | 'warning';
}) {
  const { what, doNext } = errorText(error);
  const details = Object.keys(error.details).length === 0 ? '' : JSON.stringify({ code: error.code, ...error.details }, null, 2);
  return <ErrorCard what={what} doNext={doNext} actions={actions} details={details} tone={tone ?? 'error'} />;
}
