import type { ListedPlace, ListedResultItem } from '../../../shared/listResult.ts';

export interface FoundPlace extends Pick<ListedPlace, 'attachmentId' | 'file'> {
  /** Counted from 1. */
  readonly page: number;
}

/** What was found so far, each thing once. */
export interface FoundItems {
  /** True for a thing that was not found before. @param key as `itemKey` */
  add(key: string, text: string, place: FoundPlace): boolean;
  keys(): Iterable<string>;
  size(): number;
  /** In the order in which they were found. */
  items(): readonly ListedResultItem[];
}

interface Found {
  readonly text: string;
  readonly places: Map<string, { readonly file: string; readonly pages: Set<number> }>;
  mentions: number;
}

export function createFoundItems(): FoundItems {
  const found = new Map<string, Found>();
  return {
    add: (key, text, { attachmentId, file, page }) => {
      const known = found.get(key);
      const item: Found = known ?? { text, places: new Map(), mentions: 0 };
      const place = item.places.get(attachmentId) ?? { file, pages: new Set<number>() };
      place.pages.add(page);
      item.places.set(attachmentId, place);
      item.mentions += 1;
      found.set(key, item);
      return known === undefined;
    },
    keys: () => found.keys(),
    size: () => found.size,
    items: () =>
      [...found.values()].map(({ text, places, mentions }) => ({
        text,
        places: [...places].map(([attachmentId, { file, pages }]) => ({ attachmentId, file, pages: [...pages].sort((a, b) => a - b) })),
        mentions,
      })),
  };
}
