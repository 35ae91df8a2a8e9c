import type { AppEvent, AppState } from '../../electron/shared/appState.ts';
import type { Attachment, Rect } from '../../electron/shared/attachments.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

/** What the files of a fake host hold. */
export interface FakeFiles {
  /** Pictures for `attachment.preview` and `attachment.view`, as SVG by attachment id. */
  readonly pictures?: Readonly<Record<string, string>>;
  /** What `attachment.plan` cuts out in modes that look closer by themselves. */
  readonly crops?: readonly Rect[];
  /** How every page of one document looks, as an SVG of 595 by 842. */
  readonly pagePicture?: { readonly id: string; readonly svg: string };
  /** Page texts by attachment id. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
}

interface FakeAttachmentsOptions extends FakeFiles {
  readonly state: () => AppState;
  /** Views of a picture that were told as prepared. */
  readonly readyViews: () => number;
  readonly emit: (event: AppEvent) => void;
  readonly nextId: (kind: string) => string;
}

type AttachmentRequest = Extract<keyof Requests, `attachment.${string}` | `upload.${string}`>;

/** Files of a fake host: uploads become pictures by their names, and nothing is decoded. */
export function fakeAttachments(options: FakeAttachmentsOptions): Pick<RequestHandlers<Requests>, AttachmentRequest> {
  const { pictures, crops: closer, pagePicture, texts, state, readyViews, emit, nextId } = options;
  const uploads = new Map<string, { readonly name: string; bytes: number }>();
  const store = (name: string, bytes: number): Attachment => {
    const picture = /\.(?:png|jpe?g|webp)$/i.test(name);
    const attachment: Attachment = {
      id: nextId('attachment'),
      name,
      bytes,
      sha256: '0'.repeat(64),
      createdAt: Date.now(),
      state: picture
        ? { kind: 'image', image: { format: 'png', width: 1200, height: 800, warnings: [] } }
        : { kind: 'failed', error: { code: 'fileUnsupported', details: { file: name, detected: 'unknown' } } },
    };
    emit({ name: 'attachment.changed', payload: { attachment } });
    return attachment;
  };
  const absent = (): never => {
    throw facetError('internal', { message: 'The fake host does not do this.' });
  };
  const attachmentOf = (id: string): Attachment | undefined => state().attachments.find((candidate) => candidate.id === id);

  return {
    'attachment.addFile': absent,
    'attachment.readAgain': absent,
    'attachment.readPage': absent,
    'attachment.addPage': absent,
    'attachment.recognizeAgain': absent,
    'upload.begin': ({ name }) => {
      const uploadId = nextId('upload');
      uploads.set(uploadId, { name, bytes: 0 });
      return { uploadId };
    },
    'upload.append': ({ uploadId, base64 }) => {
      const upload = uploads.get(uploadId);
      if (upload === undefined) throw facetError('notFound', { what: 'file', id: uploadId });
      upload.bytes += Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
      return {};
    },
    'upload.finish': ({ uploadId }) => {
      const upload = uploads.get(uploadId);
      if (upload === undefined) throw facetError('notFound', { what: 'file', id: uploadId });
      return store(upload.name, upload.bytes);
    },
    'upload.abort': ({ uploadId }) => {
      uploads.delete(uploadId);
      return {};
    },
    'attachment.read': ({ id }) => {
      const attachment = attachmentOf(id);
      if (attachment === undefined) throw facetError('notFound', { what: 'attachment', id });
      return attachment;
    },
    'attachment.remove': ({ id }) => {
      emit({ name: 'attachment.removed', payload: { id } });
      return {};
    },
    'attachment.preview': ({ id }) => {
      const picture = pictures?.[id];
      return picture === undefined ? null : { mime: 'image/svg+xml', base64: btoa(picture) };
    },
    'attachment.view': ({ id, rect, side }) => {
      const attachment = attachmentOf(id);
      const picture = pictures?.[id];
      if (attachment?.state.kind !== 'image' || picture === undefined) throw facetError('notFound', { what: 'attachment', id });
      const { width, height } = attachment.state.image;
      const { x, y, ...part } = rect ?? { x: 0, y: 0, width, height };
      const view = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${part.width} ${part.height}" preserveAspectRatio="none" width="${side}" height="${side}"><image width="${width}" height="${height}" preserveAspectRatio="none" href="data:image/svg+xml;base64,${btoa(picture)}"/></svg>`;
      return { mime: 'image/svg+xml', base64: btoa(view) };
    },
    'attachment.plan': ({ panScan, regions }) => {
      const crops = panScan === 'region' ? regions : panScan === 'off' ? [] : (closer ?? []);
      return {
        crops,
        side: 896,
        tokens: 260 + 278 * crops.length,
        ready: Math.min(readyViews(), 1 + crops.length),
        predictedMs: 900 * Math.max(0, 1 + crops.length - readyViews()),
      };
    },
    'attachment.text': ({ id }) => (texts?.[id] ?? []).map((text, index) => ({ page: index + 1, text, headings: [] })),
    'attachment.tables': () => [],
    'attachment.pageWords': ({ id }) => (pagePicture?.id === id ? { width: 595, height: 842, words: [] } : null),
    'attachment.pagePicture': ({ id }) =>
      pagePicture?.id === id ? { mime: 'image/svg+xml', base64: btoa(pagePicture.svg), width: 595, height: 842 } : null,
  };
}
