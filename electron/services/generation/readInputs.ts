import { assertNever } from '../../shared/assertNever.ts';
import type { Attachment, DocumentFacts, ImageFacts } from '../../shared/attachments.ts';
import type { AttachmentUse, Message } from '../../shared/conversations.ts';
import { countCharacters } from '../../shared/countCharacters.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import type { PageText } from '../../shared/documents.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import { documentInput, documentSoFar, firstPages } from './documentInput.ts';

export interface DocumentInput {
  readonly kind: 'document';
  readonly attachment: Attachment;
  readonly facts: DocumentFacts;
  readonly segment: DocumentSegment;
  /** The text with its headings, as it was read. */
  readonly texts: readonly PageText[];
  /** Pages of the document; `facts` and texts are of its first ones alone while the rest is still being read. */
  readonly pages: number;
}

export interface ImageInput {
  readonly kind: 'image';
  readonly attachment: Attachment;
  readonly facts: ImageFacts;
}

/** Pages by attachment id. */
export type PagesByDocument = Readonly<Record<string, number>>;

/** What an attachment turned out to be, by attachment id. */
export type Inputs = ReadonlyMap<string, DocumentInput | ImageInput>;

/** The name of a model that sees nothing, for `blindModel`; null for one that sees. */
export function blindName({ name, projector }: Pick<Model, 'name' | 'projector'>): string | null {
  return projector === null ? name : null;
}

/** Every use of an attachment in these messages, in order. */
export function usesIn(messages: readonly Message[]): readonly AttachmentUse[] {
  return messages.flatMap((message) => (message.role === 'user' ? message.attachments : []));
}

/** Says that files of these messages were deleted; empty when none was. */
export function deletedWarnings(uses: readonly AttachmentUse[], inputs: Inputs): readonly string[] {
  const gone = new Set(uses.flatMap(({ attachmentId }) => (inputs.has(attachmentId) ? [] : [attachmentId]))).size;
  if (gone === 0) return [];
  return [
    `${gone === 1 ? 'a file' : `${String(gone)} files`} of this chat ${gone === 1 ? 'was' : 'were'} deleted; this answer was written without ${gone === 1 ? 'it' : 'them'}`,
  ];
}

export interface ReadInputsOptions {
  readonly signal: AbortSignal;
  readonly reading: (name: string, attachmentId: string) => void;
  /** The name of a model that cannot see, which gets the text of pictures instead; null or absent for one that sees. */
  readonly blindModel?: string | null;
  /** Of documents that are still being read, takes the pages that are there. */
  readonly soFar?: boolean;
  /** Of an answer that goes on: how many pages its documents had when it was begun, where the rest was still being read. */
  readonly until?: PagesByDocument;
}

/**
 * Waits until every attachment is read. `reading` is called for each that is not read yet.
 * What was deleted is left out.
 * @throws the FacetError of the first that cannot be read, cancelled; modelCannotSee for a picture without text on a model that sees nothing
 */
export async function readInputs(uses: readonly AttachmentUse[], source: AttachmentSource, options: ReadInputsOptions): Promise<Inputs> {
  const inputs = new Map<string, DocumentInput | ImageInput>();
  for (const { attachmentId } of uses) {
    if (inputs.has(attachmentId)) continue;
    const listed = source.list().find(({ id }) => id === attachmentId);
    // Deleted from the library: the chat goes on without it, and the receipt says so.
    if (listed === undefined) continue;
    const begun = readSoFar(listed, source, options);
    if (begun === null && listed.state.kind === 'reading') options.reading(listed.name, attachmentId);
    const hasBoxes = uses.some((use) => use.attachmentId === attachmentId && use.regions.length > 0);
    inputs.set(attachmentId, begun ?? (await readOne(attachmentId, source, { ...options, hasBoxes })));
  }
  return inputs;
}

/** What is read already; the rest is left out. For estimates while files are still being read. */
export async function readInputsSoFar(
  uses: readonly AttachmentUse[],
  source: AttachmentSource,
  signal: AbortSignal,
  { blindModel = null, soFar = false }: Pick<ReadInputsOptions, 'blindModel' | 'soFar'> = {},
): Promise<Inputs> {
  const isReady = ({ id, state }: Attachment): boolean =>
    state.kind === 'image' || state.kind === 'document' || (soFar && source.soFar(id) !== null);
  const ready = new Set(source.list().flatMap((attachment) => (isReady(attachment) ? [attachment.id] : [])));
  return readInputs(
    uses.filter(({ attachmentId }) => ready.has(attachmentId)),
    source,
    { signal, reading: () => undefined, blindModel, soFar },
  );
}

/** The pages that are there of a document that is still being read, where they are enough. */
function readSoFar(attachment: Attachment, source: AttachmentSource, { soFar = false, until }: ReadInputsOptions): DocumentInput | null {
  const wanted = until?.[attachment.id];
  if (!soFar && wanted === undefined) return null;
  const begun = source.soFar(attachment.id);
  if (begun === null || begun.texts.length < (wanted ?? 0)) return null;
  return firstPages(documentSoFar(attachment, begun), wanted);
}

async function readOne(
  id: string,
  source: AttachmentSource,
  { signal, blindModel = null, until, hasBoxes }: ReadInputsOptions & { readonly hasBoxes: boolean },
): Promise<DocumentInput | ImageInput> {
  const attachment = await untilAborted(source.settled(id), signal);
  const { state } = attachment;
  switch (state.kind) {
    case 'image':
      return blindModel === null
        ? { kind: 'image', attachment, facts: state.image }
        : pictureAsText({ attachment, facts: state.image, source, signal, blindModel, hasBoxes });
    case 'document':
      return firstPages(documentInput(attachment, state.document, await untilAborted(source.pages(id), signal)), until?.[id]);
    case 'failed':
      throw new FacetError(state.error);
    case 'reading':
      throw facetError('fileUnreadable', { file: attachment.name, reason: 'reading it was interrupted' });
    default:
      return assertNever(state, 'attachment state');
  }
}

/** What the prompt says above the text of a picture; no part of that text. */
const pictureTextLabel = 'Text read in a picture by OCR:\n';

/** The pages of a document as they can be quoted: a picture's without the label that the prompt puts above it. */
export function quotablePages({ attachment, segment }: DocumentInput): DocumentInput['segment']['pages'] {
  if (attachment.state.kind !== 'image') return segment.pages;
  return segment.pages.map((page) => ({ ...page, text: page.text.slice(pictureTextLabel.length) }));
}

interface PictureToRead {
  readonly attachment: Attachment;
  readonly facts: ImageFacts;
  readonly source: AttachmentSource;
  readonly signal: AbortSignal;
  readonly blindModel: string;
  /** The user has drawn boxes on it, which OCR does not keep to. */
  readonly hasBoxes: boolean;
}

/** What a model that sees nothing gets of a picture: the text that OCR finds in it, called so in the prompt too. */
async function pictureAsText({ attachment, facts, source, signal, blindModel, hasBoxes }: PictureToRead): Promise<DocumentInput> {
  const [read] = await untilAborted(source.pages(attachment.id), signal);
  const text = read?.text ?? '';
  if (text === '') throw facetError('modelCannotSee', { model: blindModel, picture: attachment.name });
  const characters = countCharacters(text);
  const ocrText = `${pictureTextLabel}${text}`;
  const warning = `${blindModel} sees no pictures: it was given the text that OCR read in this one, which may hold mistakes, and nothing else of it`;
  const warnings = [...facts.warnings, warning, ...(hasBoxes ? ['that is the text of the whole picture, not of the boxes alone'] : [])];
  return {
    kind: 'document',
    attachment,
    facts: {
      format: facts.format,
      title: '',
      pages: [{ page: 1, source: 'ocr', characters, warnings: [] }],
      coverage: { pages: 1, text: 0, ocr: 1, vision: 0, blank: 0, failed: 0 },
      characters,
      warnings,
    },
    segment: {
      attachmentId: attachment.id,
      name: attachment.name,
      pages: [{ page: 1, source: 'ocr', text: ocrText }],
    },
    texts: [{ page: 1, text: ocrText, headings: [] }],
    pages: 1,
  };
}

/** The promise's outcome, or `cancelled` as soon as the signal says so. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(facetError('cancelled', {}));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
