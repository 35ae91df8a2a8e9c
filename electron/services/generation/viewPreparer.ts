import { setTimeout as delay } from 'node:timers/promises';
import type { AttachmentUse } from '../../shared/conversations.ts';
import type { GenerationParts } from './generationParts.ts';
import type { PlannedImage } from './imageViews.ts';
import type { ActiveModel } from './modelHost.ts';
import { readInputsSoFar } from './readInputs.ts';

/** After a view that took this long, in milliseconds, other runs of Facet on the data folder get their chance at the engine. */
const longViewMs = 500;
/** How long that chance lasts: more than it takes them to look again (processLock.ts). */
const chanceMs = 150;

/** Encodes pictures that will probably be asked about, while the user types. */
export interface ViewPreparer {
  /** A picture of the next question, and how it is to be looked at. */
  want(use: AttachmentUse): void;
  /** A picture was dropped; the user may have said already how it is to be looked at. */
  wantDropped(use: AttachmentUse): void;
  /** A picture was removed. */
  forget(attachmentId: string): void;
  /** A question with these files was accepted. The view being encoded is finished if it is of theirs, and dropped otherwise. */
  makeWay(uses: readonly AttachmentUse[]): void;
  /** The engine may be free now, or can see now. */
  goOn(): void;
  /** Resolves when nothing is being encoded any more. */
  close(): Promise<void>;
}

/** One picture that is wanted. */
interface Wanted {
  readonly use: AttachmentUse;
  /** What was last prepared of it, or could not be. */
  finished: string | null;
}

interface Work {
  readonly wanted: Wanted;
  readonly abort: AbortController;
  /** Set when what follows belongs to an answer. */
  lastView: boolean;
}

interface Task {
  readonly planned: PlannedImage;
  readonly side: number;
  /** Tells plans, and projectors, apart. */
  readonly name: string;
}

export function createViewPreparer(parts: GenerationParts, isBusy: () => boolean): ViewPreparer {
  const pictures = new Map<string, Wanted>();
  let working: Work | null = null;
  let running = false;
  /** Something has changed since pictures were last looked through. */
  let changed = false;
  let ended: Promise<void> = Promise.resolve();
  let closed = false;

  const prepare = async (work: Work, { planned, side }: Task): Promise<void> => {
    const { signal } = work.abort;
    const { attachmentId } = work.wanted.use;
    const total = planned.rects.length;
    const views = parts.encoder.eachView(planned, side, { signal, looking: () => undefined });
    for (let done = 0; ; done += 1) {
      parts.emit('image.prepared', { attachmentId, done, total });
      if (done === total || work.lastView) return;
      await parts.lock.acquire(signal, () => undefined);
      const begun = performance.now();
      try {
        await views.next();
      } finally {
        parts.lock.release();
      }
      if (performance.now() - begun > longViewMs && done + 1 < total) await delay(chanceMs, undefined, { signal });
    }
  };

  const prepareAll = async (): Promise<void> => {
    for (let active = readyModel(parts, isBusy); !closed && active !== null; active = readyModel(parts, isBusy)) {
      const next = await nextTask(pictures, active, parts);
      // What follows runs in one turn with this check: a question may have come while the plan was made.
      if (next === null || readyModel(parts, isBusy) === null) return;
      const work: Work = { wanted: next.wanted, abort: new AbortController(), lastView: false };
      working = work;
      try {
        await prepare(work, next.task);
        if (!work.lastView) next.wanted.finished = next.task.name;
      } catch {
        // Stopped, it is tried again in the next quiet time. Failed, Send meets the same failure and tells it.
        if (!work.abort.signal.aborted) next.wanted.finished = next.task.name;
      }
      working = null;
    }
  };
  const run = async (): Promise<void> => {
    while (changed && !closed) {
      changed = false;
      // Such as a file removed meanwhile; whatever it is, Send tells it.
      await prepareAll().catch(() => undefined);
    }
    running = false;
  };
  const goOn = (): void => {
    changed = true;
    if (running || closed) return;
    running = true;
    ended = run();
  };
  const stopWorkOn = (attachmentId: string): void => {
    if (working?.wanted.use.attachmentId === attachmentId) working.abort.abort();
  };
  const stopListening = parts.host.onState((state) => {
    if (state.kind === 'ready') goOn();
    // Someone has chosen another model.
    else if (state.kind === 'loading') working?.abort.abort();
  });

  const want = (use: AttachmentUse): void => {
    if (!sameUse(pictures.get(use.attachmentId)?.use, use)) {
      stopWorkOn(use.attachmentId);
      pictures.set(use.attachmentId, { use, finished: null });
    }
    goOn();
  };

  return {
    want,
    wantDropped: (use) => (pictures.has(use.attachmentId) ? goOn() : want(use)),
    forget: (attachmentId) => {
      pictures.delete(attachmentId);
      stopWorkOn(attachmentId);
    },
    makeWay: (uses) => {
      for (const { attachmentId } of uses) pictures.delete(attachmentId);
      if (working === null) return;
      if (uses.some((use) => sameUse(use, working?.wanted.use))) working.lastView = true;
      else working.abort.abort();
    },
    goOn,
    close: async () => {
      closed = true;
      stopListening();
      working?.abort.abort();
      await ended;
    },
  };
}

function readyModel({ host }: GenerationParts, isBusy: () => boolean): ActiveModel | null {
  const active = host.active();
  return isBusy() || active === null || active.vocabularyOnly || active.loaded.vision === null ? null : active;
}

/** The first picture that is read and not prepared for this model yet. */
async function nextTask(
  pictures: ReadonlyMap<string, Wanted>,
  active: ActiveModel,
  { attachments, planner }: GenerationParts,
): Promise<{ readonly wanted: Wanted; readonly task: Task } | null> {
  const side = active.loaded.vision?.side ?? 0;
  const images = new Set(attachments.list().flatMap(({ id, state }) => (state.kind === 'image' ? [id] : [])));
  for (const wanted of [...pictures.values()].filter(({ use }) => images.has(use.attachmentId))) {
    const inputs = await readInputsSoFar([wanted.use], attachments, new AbortController().signal);
    const input = inputs.get(wanted.use.attachmentId);
    if (input?.kind !== 'image') continue;
    const planned = planner.ofUse(wanted.use, input, active);
    const name = JSON.stringify([active.model.projector?.path, active.model.projector?.sha256, side, planned.rects]);
    if (wanted.finished !== name && pictures.get(wanted.use.attachmentId) === wanted) return { wanted, task: { planned, side, name } };
  }
  return null;
}

function sameUse(a: AttachmentUse | undefined, b: AttachmentUse | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    JSON.stringify([a.panScan, a.regions]) === JSON.stringify([b.panScan, b.regions]) &&
    a.attachmentId === b.attachmentId
  );
}
