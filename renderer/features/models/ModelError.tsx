import type { ReactNode } from 'react';
import type { ErrorData } from '../../../electron/shared/errors.ts';
import { errorText } from '../../../electron/shared/errorText.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';

export interface ModelErrorProps {
  readonly error: ErrorData;
  /** The model's name, where the error's own words may not say which it was. */
  readonly about?: string;
  readonly actions?: ReactNode;
}

/** An error of a model or its download, as a card. */
export function ModelError({ error, about, actions }: ModelErrorProps) {
  const { what, doNext } = errorText(error);
  return (
    <ErrorCard
      what={about === undefined || what.includes(about) ? what : `${about}: ${what}`}
      doNext={doNext}
      actions={actions}
      details={`${error.code} ${JSON.stringify(error.details)}`}
    />
  );
}
