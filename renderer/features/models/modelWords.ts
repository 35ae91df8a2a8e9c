import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { EngineState, Model, ModelState } from '../../../electron/shared/models.ts';
import type { StatusTone } from '../../components/StatusDot.tsx';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { timeLeftInWords } from '../../../electron/shared/durationInWords.ts';
import { isInstalled } from './modelFacts.ts';

/** How far a download is, as 0..1 and in words. Null when there is none. */
export interface DownloadProgress {
  readonly fraction: number;
  readonly words: string;
}

export function downloadProgress(state: ModelState): DownloadProgress | null {
  switch (state.kind) {
    case 'downloading': {
      const { receivedBytes, totalBytes, bytesPerSecond, source } = state;
      const speed = bytesPerSecond > 0 ? ` at ${bytesInWords(bytesPerSecond)} a second` : '';
      const left =
        bytesPerSecond > 0 && totalBytes > 0 ? `, ${timeLeftInWords(((totalBytes - receivedBytes) / bytesPerSecond) * 1000)} left` : '';
      return { fraction: part(receivedBytes, totalBytes), words: `${amount(receivedBytes, totalBytes)} from ${source}${speed}${left}` };
    }
    case 'queued': {
      const { receivedBytes, totalBytes, before } = state;
      const words = before === 1 ? 'Waits for the download before it' : `Waits for ${before} downloads before it`;
      return { fraction: part(receivedBytes, totalBytes), words };
    }
    case 'paused':
      return { fraction: part(state.receivedBytes, state.totalBytes), words: `Paused at ${amount(state.receivedBytes, state.totalBytes)}` };
    case 'available':
    case 'installed':
    case 'failed':
      return null;
    default:
      return assertNever(state, 'model state');
  }
}

/** What the model button says. `ring` is the progress of the load or the download, 0..1. */
export interface EngineWords {
  readonly tone: StatusTone;
  /** The model's name, or what to do when there is none. */
  readonly name: string;
  /** Such as "loading"; empty when the name says it all. */
  readonly state: string;
  readonly ring: number | null;
}

/** @param chosen the model of the settings, or null when none is chosen or it is gone */
export function engineWords(engine: EngineState, models: readonly Model[], chosen: Model | null, answering: boolean): EngineWords {
  const nameOf = (id: string): string => models.find((model) => model.id === id)?.name ?? id;
  switch (engine.kind) {
    case 'idle':
      return idleWords(chosen);
    case 'loading':
      return {
        tone: 'working',
        name: nameOf(engine.modelId),
        state: engine.checking === true ? 'checking its file' : 'loading',
        ring: engine.fraction,
      };
    case 'ready':
      return { tone: answering ? 'working' : 'ready', name: nameOf(engine.modelId), state: answering ? 'answering' : 'ready', ring: null };
    case 'failed':
      return { tone: 'failed', name: nameOf(engine.modelId), state: 'could not be loaded', ring: null };
    case 'restarting':
      return { tone: 'warning', name: nameOf(engine.modelId), state: 'restarting', ring: null };
    default:
      return assertNever(engine, 'engine state');
  }
}

function idleWords(chosen: Model | null): EngineWords {
  const download = chosen === null ? null : downloadProgress(chosen.state);
  if (chosen === null || (!isInstalled(chosen) && download === null))
    return { tone: 'idle', name: 'Choose a model', state: '', ring: null };
  if (download === null) return { tone: 'idle', name: chosen.name, state: 'not loaded', ring: null };
  const state = chosen.state.kind === 'paused' ? 'download paused' : 'downloading';
  return { tone: 'working', name: chosen.name, state, ring: download.fraction };
}

/** The model that is in memory or on its way there. */
export function activeModelId(engine: EngineState): string | null {
  return engine.kind === 'idle' ? null : engine.modelId;
}

function part(done: number, total: number): number {
  return total > 0 ? Math.min(1, done / total) : 0;
}

function amount(received: number, total: number): string {
  return total === 0 ? bytesInWords(received) : `${bytesInWords(received)} of ${bytesInWords(total)}`;
}
