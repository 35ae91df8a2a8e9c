import { FacetError, facetError } from '../shared/errors.ts';

/** What the addon rejects with; see native/src/convert_out.cpp. */
interface NativeError extends Error {
  readonly code: string;
  readonly subject: string;
  readonly reason: string;
  readonly check: string;
  readonly needed: number;
  readonly available: number;
}

/** An error of the addon as one of Facet's. `contextLimit` is the loaded model's own, for `doesNotFit`. */
export function fromNativeError(error: unknown, contextLimit: number): FacetError {
  if (error instanceof FacetError) return error;
  if (!isNativeError(error)) return facetError('internal', { message: error instanceof Error ? error.message : String(error) }, error);
  const { code, subject, reason, check, needed, available } = error;
  switch (code) {
    case 'cancelled':
      return facetError('cancelled', {}, error);
    case 'invalidRequest':
      return facetError('invalidRequest', { field: subject, reason }, error);
    case 'busy':
      return facetError('busy', { what: subject }, error);
    case 'modelMissing':
      return facetError('modelMissing', { model: subject }, error);
    case 'modelInvalid':
      return facetError('modelInvalid', { file: subject, check, reason }, error);
    case 'modelCannotSee':
      return facetError('modelCannotSee', { model: subject }, error);
    case 'modelLoadFailed':
      return facetError('modelLoadFailed', { model: subject, reason }, error);
    case 'doesNotFit':
      return facetError('doesNotFit', { needed, available, largestContext: Math.max(contextLimit, available), parts: [] }, error);
    default:
      return facetError('internal', { message: error.message }, error);
  }
}

function isNativeError(error: unknown): error is NativeError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'subject' in error;
}
