import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { Attachment, Coverage, DocumentFacts } from '../../../electron/shared/attachments.ts';
import { firstPagesWords } from '../../../electron/shared/firstPagesWords.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { errorText } from '../../../electron/shared/errorText.ts';

/** The one thing to know about a file, with how it is meant. */
export interface AttachmentFact {
  readonly tone: 'plain' | 'working' | 'caution' | 'failed';
  readonly text: string;
  /** For `working`: 0..1, null when not known. */
  readonly fraction: number | null;
}

export function attachmentFact({ state, changedOnDisk = false }: Attachment): AttachmentFact {
  if (changedOnDisk && (state.kind === 'image' || state.kind === 'document')) return fact('caution', 'Changed on disk since it was read');
  switch (state.kind) {
    case 'reading':
      return readingFact(state);
    case 'image': {
      const size = `${state.image.width} × ${state.image.height}`;
      const warning = state.image.warnings[0];
      return warning === undefined ? fact('plain', size) : fact('caution', sentenceCase(warning));
    }
    case 'document':
      return documentFact(state.document);
    case 'failed':
      return fact('failed', errorText(state.error).what);
    default:
      return assertNever(state, 'attachment state');
  }
}

function readingFact({ done, total, ready = 0 }: Extract<Attachment['state'], { kind: 'reading' }>): AttachmentFact {
  if (total === 0) return { tone: 'working', text: 'Reading', fraction: null };
  const text = ready > 0 ? `${sentenceCase(firstPagesWords(ready, total))} ready, reading on` : `${done} of ${total} pages read`;
  return { tone: 'working', text, fraction: done / total };
}

function documentFact({ coverage, warnings, pages }: DocumentFacts): AttachmentFact {
  const words = coverageWords(coverage);
  const unread = coverage.failed > 0 || coverage.blank === coverage.pages;
  if (unread) return fact('caution', words);
  if (warnings[0] !== undefined) return fact('caution', sentenceCase(warnings[0]));
  // What OCR read is in the coverage; a text can have been read and something beside it left out.
  const noted = pages.filter(({ source, textLayer, warnings: ofPage }) => source === 'text' && textLayer !== true && ofPage.length > 0);
  const [first] = noted;
  if (first === undefined) return fact('plain', words);
  if (pages.length === 1) return fact('caution', sentenceCase(first.warnings[0] ?? ''));
  return fact('caution', `${words}; ${noted.length === 1 ? `check page ${first.page}` : `check ${noted.length} pages`}`);
}

/** How much of a document was read, in words: "14 pages, all read". */
export function coverageWords(coverage: Coverage): string {
  const { pages, text, ocr, vision, blank, failed } = coverage;
  const total = pages === 1 ? '1 page' : `${pages} pages`;
  if (text === pages) return pages === 1 ? '1 page, read' : `${total}, all read`;
  const parts = [
    ...(text > 0 ? [`${text} with text`] : []),
    ...(ocr > 0 ? [`${ocr} read by OCR`] : []),
    ...(vision > 0 ? [`${vision} read as a picture`] : []),
    ...(blank > 0 ? [`${blank} blank`] : []),
    ...(failed > 0 ? [`${failed} not read`] : []),
  ];
  return `${total}: ${parts.join(', ')}`;
}

function fact(tone: AttachmentFact['tone'], text: string): AttachmentFact {
  return { tone, text, fraction: null };
}
