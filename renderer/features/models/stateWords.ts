import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { downloadProgress } from './modelWords.ts';

/** Where a model is, for its card. */
export interface StateWords {
  readonly tone: 'quiet' | 'good' | 'working' | 'danger';
  readonly text: string;
}

export function stateWords(model: Model, engine: EngineState): StateWords {
  if (engine.kind !== 'idle' && engine.modelId === model.id) return engineStateWords(engine);
  const { state } = model;
  switch (state.kind) {
    case 'available':
      return { tone: 'quiet', text: 'Not here' };
    case 'queued':
      return { tone: 'working', text: 'Waiting' };
    case 'downloading':
      return { tone: 'working', text: `Downloading ${percent(model)}` };
    case 'paused':
      return { tone: 'quiet', text: `Paused at ${percent(model)}` };
    case 'installed':
      return { tone: 'good', text: model.builtIn ? 'Built in' : model.server === undefined ? 'Here' : 'Server' };
    case 'failed':
      return { tone: 'danger', text: model.text.path === null ? 'Download failed' : 'Cannot be used' };
    default:
      return assertNever(state, 'model state');
  }
}

function engineStateWords(engine: Exclude<EngineState, { readonly kind: 'idle' }>): StateWords {
  switch (engine.kind) {
    case 'loading':
      if (engine.checking === true) return { tone: 'working', text: 'Checking its file' };
      return { tone: 'working', text: `Loading ${Math.round(engine.fraction * 100)} %` };
    case 'ready':
      return { tone: 'good', text: 'In use' };
    case 'failed':
      return { tone: 'danger', text: 'Could not be loaded' };
    case 'restarting':
      return { tone: 'working', text: 'Restarting' };
    default:
      return assertNever(engine, 'engine state');
  }
}

function percent({ state }: Model): string {
  return `${Math.floor((downloadProgress(state)?.fraction ?? 0) * 100)} %`;
}
