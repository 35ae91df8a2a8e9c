import type { FacetClient } from '../client/facetClient.ts';

/** Pictures of attachments for the eye, kept so that scrolling back asks nothing. */
export interface Previews {
  /** Resolves to a data address, or null when there is no picture of it (documents) or it cannot be had just now. */
  load(attachmentId: string, side: number): Promise<string | null>;
}

/** Kept pictures; the least recently used go first. */
const capacity = 120;

export function createPreviews(client: FacetClient): Previews {
  const kept = new Map<string, Promise<string | null>>();
  return {
    load(id, side) {
      const key = `${id} ${side}`;
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const loading = client.request('attachment.preview', { id, side }).then(
        (preview) => (preview === null ? null : `data:${preview.mime};base64,${preview.base64}`),
        () => {
          // A failure is not remembered: the next look asks again.
          kept.delete(key);
          return null;
        },
      );
      kept.set(key, loading);
      const oldest = kept.keys().next().value;
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
      return loading;
    },
  };
}
