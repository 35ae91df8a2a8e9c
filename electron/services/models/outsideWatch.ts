import type { Model } from '../../shared/models.ts';

/** How often the disk is looked at, in milliseconds. */
const lookMs = 2_000;

export interface OutsideWatch {
  /** This model was announced just now. */
  note(model: Model): void;
  forget(id: string): void;
  close(): void;
}

/** Announces what another process of Facet did in the same data folder: downloads, imports and removals. */
export function createOutsideWatch(
  list: () => readonly Model[],
  changed: (model: Model) => void,
  removed: (id: string) => void,
): OutsideWatch {
  const seen = new Map(list().map((model) => [model.id, JSON.stringify(model)]));
  const look = (): void => {
    const models = list();
    const ids = new Set(models.map((model) => model.id));
    for (const id of [...seen.keys()].filter((known) => !ids.has(known))) {
      seen.delete(id);
      removed(id);
    }
    for (const model of models) if (seen.get(model.id) !== JSON.stringify(model)) changed(model);
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // A folder or database that cannot be read just now: the next look finds what changed.
    }
  }, lookMs);
  timer.unref();
  return {
    note: (model) => void seen.set(model.id, JSON.stringify(model)),
    forget: (id) => void seen.delete(id),
    close: () => clearInterval(timer),
  };
}
