import type { AttachmentUse } from '../../shared/conversations.ts';
import type { BenchService } from '../speeds/createBenchService.ts';
import type { GenerationHooks } from './createGenerationService.ts';
import type { MeaningIndexer } from '../retrieval/meaningIndexer.ts';
import type { IdleUnload } from './idleUnload.ts';
import type { StateKeeper } from './stateKeeper.ts';
import type { TitleWriter } from './titleWriter.ts';
import type { ViewPreparer } from './viewPreparer.ts';

export interface IdleWorkers {
  readonly states: StateKeeper;
  readonly titles: TitleWriter;
  /** Null where pictures are not encoded before they are asked about. */
  readonly preparer: ViewPreparer | null;
  readonly bench: BenchService;
  readonly meaning: MeaningIndexer;
  readonly unload: IdleUnload;
}

/** Everything that uses the engine while nobody waits for it, and makes way when somebody does. */
export interface IdleWork extends GenerationHooks {
  /** Stops what runs; views of these files are wanted still. */
  makeWay(uses?: readonly AttachmentUse[]): void;
  /** A picture of the question being written. */
  want(use: AttachmentUse): void;
  /** Resolves when nothing runs any more and states are written; they are the last, since an answer that is being ended changes one. */
  close(answersEnded: Promise<void>): Promise<void>;
}

export function createIdleWork({ states, titles, preparer, bench, meaning, unload }: IdleWorkers): IdleWork {
  const makeWay = (uses: readonly AttachmentUse[] = []): void => {
    bench.makeWay();
    titles.makeWay();
    states.makeWay();
    preparer?.makeWay(uses);
    meaning.makeWay();
  };
  return {
    makeWay,
    want: (use) => {
      bench.makeWay();
      preparer?.want(use);
    },
    asked: (uses) => {
      unload.touch();
      makeWay(uses);
    },
    answered: (message, state) => {
      unload.touch();
      states.answered(message.conversationId);
      titles.answered(message, state);
      preparer?.goOn();
      bench.goOn();
      meaning.goOn();
    },
    close: async (answersEnded) => {
      unload.close();
      await Promise.all([answersEnded, titles.close(), preparer?.close(), bench.close(), meaning.close()]);
      await states.close();
    },
  };
}
