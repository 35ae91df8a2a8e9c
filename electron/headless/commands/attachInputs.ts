import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { assertNever } from '../../shared/assertNever.ts';
import { type Attachment, uploadPieceBytes } from '../../shared/attachments.ts';
import { type ErrorData, FacetError, facetError, toErrorData } from '../../shared/errors.ts';
import type { AppClient } from '../appClient.ts';
import type { CommandContext } from './command.ts';

/** The name that stands for standard input. */
export const standardInput = '-';
/** Standard input is held in memory until its length is known. */
const mostStandardInputBytes = 512 * 1024 * 1024;

export interface WantedInput {
  /** As given on the command line. */
  readonly file: string;
  readonly kind: 'image' | 'document' | 'any';
  /** Of a TIFF or PDF, only this page, as a picture. */
  readonly page?: number;
  /** The folder that it was found in. */
  readonly folder?: string;
  /** For a private chat: nothing of it is kept. */
  readonly private?: boolean;
}

/** An input that was read to its end. */
export interface ReadInput {
  readonly file: string;
  readonly attachment: Attachment;
}

/**
 * Stores and reads one input.
 * @throws FacetError of the reading, with the file named as it was given
 */
export async function attachInput(
  app: AppClient,
  wanted: WantedInput,
  context: CommandContext,
  password: string | null,
): Promise<ReadInput> {
  try {
    return await storeAndRead(app, wanted, context, password);
  } catch (error) {
    const data = toErrorData(error);
    if (wanted.file === standardInput || !('file' in data.details)) throw error;
    throw new FacetError({ ...data, details: { ...data.details, file: wanted.file } } as ErrorData, { cause: error });
  }
}

async function storeAndRead(app: AppClient, wanted: WantedInput, context: CommandContext, password: string | null): Promise<ReadInput> {
  const { output, signal } = context;
  output.progress(`Reading ${wanted.file === standardInput ? 'standard input' : wanted.file}`);
  const added =
    wanted.file === standardInput ? await uploadStandardInput(app, wanted, context) : await addFile(app, wanted, context, password);
  const unsubscribe = app.onEvent((event) => {
    if (event.name !== 'attachment.changed' || event.payload.attachment.id !== added.id) return;
    const { state } = event.payload.attachment;
    if (state.kind === 'reading' && state.total > 0) output.progress(`Reading ${wanted.file}: ${state.done} of ${state.total}`);
  });
  try {
    const attachment = await app.request('attachment.read', password === null ? { id: added.id } : { id: added.id, password }, signal);
    requireKind(attachment, wanted);
    return { file: wanted.file, attachment };
  } catch (error) {
    await app.request('attachment.remove', { id: added.id });
    throw error;
  } finally {
    unsubscribe();
    output.progress(null);
  }
}

function addFile(app: AppClient, wanted: WantedInput, context: CommandContext, password: string | null): Promise<Attachment> {
  const { file, kind, page, private: isPrivate = false } = wanted;
  return app.request(
    'attachment.addFile',
    {
      path: path.resolve(context.workingFolder, file),
      asPicture: kind === 'image',
      ...(page === undefined ? {} : { page, ...(password === null ? {} : { password }) }),
      private: isPrivate,
    },
    context.signal,
  );
}

function requireKind(attachment: Attachment, wanted: WantedInput): void {
  const { state } = attachment;
  switch (state.kind) {
    case 'failed':
      throw new FacetError(state.error);
    case 'reading':
      throw facetError('internal', { message: `${wanted.file} was reported as read while it was not.` });
    case 'image':
      if (wanted.kind === 'document')
        throw facetError('fileUnsupported', { file: wanted.file, detected: 'a picture; give it with --image' });
      return;
    case 'document':
      if (wanted.kind === 'image') {
        const pages = state.document.format === 'pdf' ? ', or choose pages to look at with --page' : '';
        throw facetError('fileUnsupported', { file: wanted.file, detected: `a document; give it with --doc${pages}` });
      }
      return;
    default:
      assertNever(state, 'attachment state');
  }
}

async function uploadStandardInput(
  app: AppClient,
  { private: isPrivate = false }: WantedInput,
  context: CommandContext,
): Promise<Attachment> {
  const bytes = await readAll(context.stdin, context.signal);
  if (bytes.byteLength === 0) throw facetError('documentEmpty', { file: 'standard input' });
  const { uploadId } = await app.request(
    'upload.begin',
    { name: 'standard input', bytes: bytes.byteLength, private: isPrivate },
    context.signal,
  );
  for (let start = 0; start < bytes.byteLength; start += uploadPieceBytes) {
    const base64 = bytes.subarray(start, start + uploadPieceBytes).toString('base64');
    await app.request('upload.append', { uploadId, base64 }, context.signal);
  }
  return app.request('upload.finish', { uploadId }, context.signal);
}

async function readAll(stdin: Readable, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  const stop = (): void => void stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of stdin as AsyncIterable<Buffer | string>) {
      const bytes = Buffer.from(piece as string);
      length += bytes.byteLength;
      if (length > mostStandardInputBytes) {
        throw facetError('fileTooLarge', { file: 'standard input', unit: 'bytes', limit: mostStandardInputBytes, actual: length });
      }
      pieces.push(bytes);
    }
  } catch (error) {
    if (signal.aborted) throw facetError('cancelled', {}, error);
    if (error instanceof FacetError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw facetError('fileUnreadable', { file: 'standard input', reason }, error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw facetError('cancelled', {});
  return Buffer.concat(pieces);
}
