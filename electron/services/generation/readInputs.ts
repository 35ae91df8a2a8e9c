import { assertNever } from '../../shared/assertNever.ts';
import type { Attachment, DocumentFacts, ImageFacts } from '../../shared/attachments.ts';
import type { AttachmentUse, Message } from '../../shared/conversations.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { AttachmentSource } from './attachmentSource.ts';

export interface DocumentInput {
  readonly kind: 'document';
  readonly attachment: Attachment;
  readonly facts: DocumentFacts;
  readonly segment: DocumentSegment;
}

export interface ImageInput {
  readonly kind: 'image';
  readonly attachment: Attachment;
  readonly facts: ImageFacts;
}

/** What an attachment turned out to be, by attachment id. */
export type Inputs = ReadonlyMap<string, DocumentInput | ImageInput>;

/** Every use of an attachment in these messages, in order. */
export function usesIn(messages: readonly Message[]): readonly AttachmentUse[] {
  return messages.flatMap((message) => (message.role === 'user' ? message.attachments : []));
}

/**
 * Waits until every attachment is read. `reading` is called for each that is not read yet.
 * @throws the FacetError of the first that cannot be read, notFound, cancelled
 */
export async function readInputs(
  uses: readonly AttachmentUse[],
  source: AttachmentSource,
  options: { readonly signal: AbortSignal; readonly reading: (name: string, attachmentId: string) => void },
): Promise<Inputs> {
  const inputs = new Map<string, DocumentInput | ImageInput>();
  for (const { attachmentId } of uses) {
    if (inputs.has(attachmentId)) continue;
    const listed = source.list().find(({ id }) => id === attachmentId);
    if (listed === undefined) throw facetError('notFound', { what: 'attachment', id: attachmentId });
    if (listed.state.kind === 'reading') options.reading(listed.name, attachmentId);
    inputs.set(attachmentId, await readOne(attachmentId, source, options.signal));
  }
  return inputs;
}

/** What is read already; the rest is left out. For estimates while files are still being read. */
export async function readInputsSoFar(uses: readonly AttachmentUse[], source: AttachmentSource, signal: AbortSignal): Promise<Inputs> {
  const ready = new Set(source.list().flatMap(({ id, state }) => (state.kind === 'image' || state.kind === 'document' ? [id] : [])));
  return readInputs(
    uses.filter(({ attachmentId }) => ready.has(attachmentId)),
    source,
    { signal, reading: () => undefined },
  );
}

async function readOne(id: string, source: AttachmentSource, signal: AbortSignal): Promise<DocumentInput | ImageInput> {
  const attachment = await untilAborted(source.settled(id), signal);
  const { state } = attachment;
  switch (state.kind) {
    case 'image':
      return { kind: 'image', attachment, facts: state.image };
    case 'document':
      return { kind: 'document', attachment, facts: state.document, segment: await segmentOf(attachment, state.document, source) };
    case 'failed':
      throw new FacetError(state.error);
    case 'reading':
      throw facetError('fileUnreadable', { file: attachment.name, reason: 'reading it was interrupted' });
    default:
      return assertNever(state, 'attachment state');
  }
}

async function segmentOf(attachment: Attachment, facts: DocumentFacts, source: AttachmentSource): Promise<DocumentSegment> {
  const texts = new Map((await source.pages(attachment.id)).map(({ page, text }) => [page, text]));
  return {
    attachmentId: attachment.id,
    name: attachment.name,
    pages: facts.pages.map(({ page, source: from }) => ({ page, source: from, text: texts.get(page) ?? '' })),
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
