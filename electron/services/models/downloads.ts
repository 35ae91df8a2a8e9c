import { type ErrorData, FacetError, facetError, toErrorData } from '../../shared/errors.ts';
import type { ModelState } from '../../shared/models.ts';
import { type CatalogueEntry, filesOf } from './catalogue.ts';
import type { CatalogueFiles } from './catalogueFiles.ts';
import { receivedOf, totalBytes } from './catalogueModels.ts';
import type { WebAccess } from './download/fetchFromWeb.ts';
import { createDownloadQueue } from './downloadQueue.ts';
import { fetchFile } from './fetchFile.ts';
import { createProgressMeter, type ProgressMeter } from './progressMeter.ts';

export interface DownloadsOptions {
  readonly files: CatalogueFiles;
  readonly web: WebAccess;
  /** The state of an entry is another one now. */
  readonly changed: (id: string) => void;
}

export interface Downloads {
  /** The state of a running, waiting or failed download of this process; null when the disk decides. */
  stateOf(id: string): ModelState | null;
  /**
   * Tries the entries in order: the next one only when the one before could not be reached. Resolves with the id that got installed.
   * The failure is kept as the state of the first entry. @throws FacetError, `cancelled` after `stop`
   */
  run(entries: readonly [CatalogueEntry, ...CatalogueEntry[]]): Promise<string>;
  /** Whether it is fetched by this process, or waits for its turn. */
  isRunning(id: string): boolean;
  /** Stops it and keeps what was received. Harmless when nothing runs. */
  stop(id: string): Promise<void>;
  forgetFailure(id: string): void;
  close(): Promise<void>;
}

interface Active {
  readonly entry: CatalogueEntry;
  readonly controller: AbortController;
  readonly source: string;
  readonly meter: ProgressMeter;
  /** False while others are before it. */
  running: boolean;
  receivedBytes: number;
  ended: Promise<unknown>;
}

/** Runs the downloads of this process one after the other, since one fills the line; at most one per entry. */
export function createDownloads({ files, web, changed }: DownloadsOptions): Downloads {
  const active = new Map<string, Active>();
  const failures = new Map<string, ErrorData>();
  const queue = createDownloadQueue();

  const fetchEntry = async (entry: CatalogueEntry, remark: string): Promise<void> => {
    const state: Active = {
      entry,
      controller: new AbortController(),
      source: files.sourceName(entry.text.source) + remark,
      meter: createProgressMeter(() => changed(entry.id)),
      running: queue.isFree(),
      receivedBytes: receivedOf(entry, files),
      ended: Promise.resolve(),
    };
    failures.delete(entry.id);
    active.set(entry.id, state);
    const work = inTurn(entry, state);
    state.ended = work.catch(() => undefined);
    changed(entry.id);
    try {
      await work;
    } finally {
      active.delete(entry.id);
    }
  };

  const inTurn = async (entry: CatalogueEntry, state: Active): Promise<void> => {
    const done = await queue.take(entry.id, state.controller.signal);
    try {
      if (!state.running) {
        state.running = true;
        changed(entry.id);
      }
      await fetchFiles(entry, state);
    } finally {
      done();
    }
  };

  const fetchFiles = async (entry: CatalogueEntry, state: Active): Promise<void> => {
    for (const file of filesOf(entry)) {
      const before = filesOf(entry).reduce((total, other) => total + (other === file ? 0 : files.received(other)), 0);
      const onReceived = (bytes: number): void => {
        state.receivedBytes = before + bytes;
        state.meter.report(state.receivedBytes);
      };
      await fetchFile({ files, file, name: entry.name, web, signal: state.controller.signal, onReceived });
    }
  };

  return {
    stateOf(id) {
      const one = active.get(id);
      if (one !== undefined) {
        const { receivedBytes, meter, source } = one;
        const held = { receivedBytes, totalBytes: totalBytes(one.entry, files) };
        if (!one.running) return { kind: 'queued', ...held, before: queue.before(id) };
        return { kind: 'downloading', ...held, bytesPerSecond: meter.bytesPerSecond(), source };
      }
      const error = failures.get(id);
      return error === undefined ? null : { kind: 'failed', error };
    },
    isRunning: (id) => active.has(id),
    async run(entries) {
      const reasons: string[] = [];
      for (const [index, entry] of entries.entries()) {
        try {
          const fetched = fetchEntry(entry, reasons.length === 0 ? '' : ` (${reasons.join('; ')})`);
          // Announced after the next one has begun, so that watchers see the download go on.
          if (index > 0) changed(entries[index - 1]?.id ?? entry.id);
          await fetched;
          changed(entry.id);
          return entry.id;
        } catch (error) {
          const data = toErrorData(error);
          if (data.code === 'cancelled') {
            changed(entry.id);
            throw facetError('cancelled', {}, error);
          }
          if (data.code === 'networkFailed') reasons.push(`${data.details.host}: ${data.details.reason}`);
          if (data.code === 'networkFailed' && index + 1 < entries.length) continue;
          const failure = data.code === 'networkFailed' ? combine(reasons, data) : data;
          failures.set(entries[0].id, failure);
          for (const touched of entries.slice(0, index + 1)) changed(touched.id);
          throw data === failure ? error : new FacetError(failure, { cause: error });
        }
      }
      throw facetError('internal', { message: 'no download ran' });
    },
    async stop(id) {
      const running = active.get(id);
      running?.controller.abort();
      await running?.ended;
    },
    forgetFailure: (id) => void failures.delete(id),
    async close() {
      const all = [...active.values()];
      for (const running of all) running.controller.abort();
      await Promise.all(all.map((running) => running.ended));
    },
  };
}

/** The last failure, with what went wrong before it. */
function combine(
  reasons: readonly string[],
  last: Extract<ErrorData, { code: 'networkFailed' }>,
): Extract<ErrorData, { code: 'networkFailed' }> {
  if (reasons.length < 2) return last;
  const [first = ''] = reasons;
  const host = first.slice(0, first.indexOf(': '));
  const reason = `${first.slice(host.length + 2)}; then ${reasons.slice(1).join('; then ')}`;
  return { code: 'networkFailed', details: { host, reason } };
}
