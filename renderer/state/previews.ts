import type { Rect } from '../../electron/shared/attachments.ts';
import type { FacetClient } from '../client/facetClient.ts';

/** Pictures of attachments for the eye, kept so that scrolling back asks nothing. */
export interface Previews {
  /** Resolves to a data address, or null when there is no picture of it (documents) or it cannot be had just now. */
  load(attachmentId: string, side: number): Promise<string | null>;
  /** The same for one view exactly as the model gets it; `rect` null is the whole picture. */
  view(attachmentId: string, rect: Rect | null, side: number): Promise<string | null>;
}

/** Kept pictures; the least recently used go first. */
const capacity = 120;
/** Kept views: about a megabyte each at the released models' size. */
const viewCapacity = 32;

export function createPreviews(client: FacetClient): Previews {
  const pictures = createAddressStore(capacity);
  const views = createAddressStore(viewCapacity);
  return {
    load: (id, side) => pictures.get(`${id} ${side}`, () => client.request('attachment.preview', { id, side })),
    view: (id, rect, side) => {
      const place = rect === null ? 'whole' : [rect.x, rect.y, rect.width, rect.height].join(' ');
      return views.get(`${id} ${place} ${side}`, () => client.request('attachment.view', { id, rect, side }));
    },
  };
}

type Picture = { readonly mime: string; readonly base64: string } | null;

/** Data addresses by key, the least recently used forgotten first. */
function createAddressStore(most: number): { get(key: string, request: () => Promise<Picture>): Promise<string | null> } {
  const kept = new Map<string, Promise<string | null>>();
  return {
    get(key, request) {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const loading = request().then(
        (picture) => (picture === null ? null : `data:${picture.mime};base64,${picture.base64}`),
        () => {
          // A failure is not remembered: the next look asks again.
          kept.delete(key);
          return null;
        },
      );
      kept.set(key, loading);
      const oldest = kept.keys().next().value;
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return loading;
    },
  };
}
