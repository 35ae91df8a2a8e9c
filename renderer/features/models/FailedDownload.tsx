import type { ErrorData } from '../../../electron/shared/errors.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { Button } from '../../components/Button.tsx';
import { ModelError } from './ModelError.tsx';
import { sizeWords } from './modelFacts.ts';
import { otherSource } from './otherSource.ts';

export interface FailedDownloadProps {
  readonly model: Model;
  readonly error: ErrorData;
  readonly models: readonly Model[];
  readonly onDownload: (model: Model) => void;
}

/** Why a download failed, with another try and, where there is one, another source of the same size. */
export function FailedDownload({ model, error, models, onDownload }: FailedDownloadProps) {
  const other = otherSource(model, models);
  return (
    <ModelError
      error={error}
      about={model.name}
      actions={
        <>
          <Button size="small" aria-label={`Try again: ${model.name}`} onClick={() => onDownload(model)}>
            Try again
          </Button>
          {other !== null && (
            <Button size="small" onClick={() => onDownload(other)}>
              Get {other.name} instead ({sizeWords(other)})
            </Button>
          )}
        </>
      }
    />
  );
}
