import type { AppEvent } from '../../shared/appState.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { AttachmentState } from '../../shared/attachments.ts';
import type { GenerationStage } from '../../shared/generation.ts';
import type { EngineState, ModelState } from '../../shared/models.ts';

/** How far that is which somebody waits for: 0..1, `unknown` where it runs and that cannot be said, null when nothing runs. */
export type WorkProgress = number | 'unknown' | null;

/** Answers are waited for most, downloads least; of several of one kind the mean counts. */
const kinds = ['answer', 'file', 'load', 'download'] as const;
type Kind = (typeof kinds)[number];

/** Follows the host's events and says after each how far its work is. */
export function createWorkTracker(): (event: AppEvent) => WorkProgress {
  const running: Readonly<Record<Kind, Map<string, number | 'unknown'>>> = {
    answer: new Map(),
    file: new Map(),
    load: new Map(),
    download: new Map(),
  };
  const set = (kind: Kind, id: string, progress: WorkProgress): void => {
    if (progress === null) running[kind].delete(id);
    else running[kind].set(id, progress);
  };
  return (event) => {
    switch (event.name) {
      case 'message.changed': {
        const { message } = event.payload;
        if (message.role === 'assistant')
          set('answer', message.id, message.state.kind === 'generating' ? ofStage(message.state.stage) : null);
        break;
      }
      case 'message.staged':
        set('answer', event.payload.messageId, ofStage(event.payload.stage));
        break;
      case 'attachment.changed':
        set('file', event.payload.attachment.id, ofFile(event.payload.attachment.state));
        break;
      case 'attachment.removed':
        set('file', event.payload.id, null);
        break;
      case 'engine.changed':
        set('load', 'engine', ofEngine(event.payload.engine));
        break;
      case 'model.changed':
        set('download', event.payload.model.id, ofDownload(event.payload.model.state));
        break;
      case 'model.removed':
        set('download', event.payload.id, null);
        break;
      default:
        break;
    }
    const first = kinds.map((kind) => [...running[kind].values()]).find((works) => works.length > 0) ?? [];
    const known = first.filter((work) => work !== 'unknown');
    if (known.length === 0) return first.length === 0 ? null : 'unknown';
    return known.reduce((sum, work) => sum + work, 0) / known.length;
  };
}

/** Words that appear are their own progress, so nothing is said while they do. */
function ofStage(stage: GenerationStage): WorkProgress {
  switch (stage.kind) {
    case 'waiting':
      return 'unknown';
    case 'loadingModel':
      return stage.checking === true ? 'unknown' : stage.fraction;
    case 'readingDocument':
      return share(stage.page - 1, stage.pages);
    case 'lookingAtView':
      return share(stage.view - 1, stage.views);
    case 'readingParts':
      return share(stage.part - 1, stage.parts);
    case 'readingPrompt':
      return share(stage.doneTokens, stage.totalTokens);
    case 'writing':
      return null;
    default:
      return assertNever(stage, 'stage');
  }
}

function ofFile(state: AttachmentState): WorkProgress {
  return state.kind === 'reading' ? share(state.done, state.total) : null;
}

function ofEngine(engine: EngineState): WorkProgress {
  if (engine.kind !== 'loading') return null;
  return engine.checking === true ? 'unknown' : engine.fraction;
}

function ofDownload(state: ModelState): WorkProgress {
  return state.kind === 'downloading' ? share(state.receivedBytes, state.totalBytes) : null;
}

function share(done: number, total: number): WorkProgress {
  return total === 0 ? 'unknown' : done / total;
}
