import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import { errorText } from '../../../electron/shared/errorText.ts';

/** The one fact about a stored file that matters in a list. */
export function attachmentFact({ state }: Attachment): string {
  switch (state.kind) {
    case 'reading':
      return state.total > 0 ? `Reading, ${Math.round((state.done / state.total) * 100)} %` : 'Reading';
    case 'image':
      return `${state.image.width} × ${state.image.height} pixels`;
    case 'document': {
      const { pages, text, ocr, vision, blank, failed } = state.document.coverage;
      const read = text + ocr + vision;
      const rest = [blank > 0 ? `${blank} blank` : '', failed > 0 ? `${failed} could not be read` : ''].filter((words) => words !== '');
      const whole = pages === 1 ? '1 page' : `${pages} pages`;
      return read === pages ? `${whole}, all read` : [`${read} of ${whole} read`, ...rest].join(', ');
    }
    case 'failed':
      return errorText(state.error).what;
    default:
      return assertNever(state, 'attachment state');
  }
}
