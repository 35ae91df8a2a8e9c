import type { Model } from '../../shared/models.ts';
import type { Events } from '../../shared/events.ts';
import type { NamedEvent, Unsubscribe } from '../../shared/rpc.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AnswerReadings } from '../asking/answerReadings.ts';
import type { AnswerTokenStore } from '../conversations/answerTokenStore.ts';
import type { CompactionStore } from '../compaction/compactionStore.ts';
import type { ConversationStore } from '../conversations/conversationStore.ts';
import type { MessageStore } from '../conversations/messageStore.ts';
import type { Emit } from '../emit.ts';
import type { ProcessLock } from '../locks/processLock.ts';
import type { EstimateContext } from '../models/contextEstimate.ts';
import type { ServerStore } from '../remote/serverStore.ts';
import type { Retrieval } from '../retrieval/createRetrieval.ts';
import type { AttachmentSource } from './attachmentSource.ts';
import type { RunSpeeds } from '../speeds/runSpeeds.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { ImageEncoder } from './imageViews.ts';
import type { PicturePlanner } from './picturePlanner.ts';
import type { ModelHost } from './modelHost.ts';

/** What answering is made of. */
export interface GenerationParts {
  readonly engine: EngineClient;
  readonly host: ModelHost;
  readonly encoder: ImageEncoder;
  readonly planner: PicturePlanner;
  /** What runs took on this machine. */
  readonly speeds: RunSpeeds;
  readonly models: { list(): readonly Model[] };
  readonly servers: Pick<ServerStore, 'allows'>;
  readonly attachments: AttachmentSource;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly compactions: CompactionStore;
  readonly tokens: AnswerTokenStore;
  readonly readings: AnswerReadings;
  readonly retrieval: Retrieval;
  readonly settings: () => Settings;
  readonly estimate: EstimateContext;
  /** Held while an answer is made, so that runs of Facet on one data folder take turns. */
  readonly lock: ProcessLock;
  /** Runs the work in one transaction of the database. */
  readonly transaction: <T>(work: () => T) => T;
  readonly emit: Emit;
  readonly onEvent: (listener: (event: NamedEvent<Events>) => void) => Unsubscribe;
}
