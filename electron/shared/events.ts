import type { MeaningState } from './asking.ts';
import type { Attachment } from './attachments.ts';
import type { Compaction, ConversationSummary, Message } from './conversations.ts';
import type { GenerationStage } from './generation.ts';
import type { GpuProgress, GpuTestProgress } from './gpu.ts';
import type { EngineState, Model } from './models.ts';
import type { OcrProgress } from './ocr.ts';
import type { Settings } from './settings.ts';
import type { BenchProgress } from './speed.ts';

/** What the host announces. Past tense. Every connection gets every event; reducers ignore what is not open. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type Events = {
  'settings.changed': { readonly settings: Settings };
  'model.changed': { readonly model: Model };
  'model.removed': { readonly id: string };
  /** Bytes hashed of a model's files. */
  'model.verified': { readonly id: string; readonly done: number; readonly total: number };
  /** Bytes copied and read back of the models' files; both count. */
  'modelsFolder.moved': { readonly done: number; readonly total: number };
  'engine.changed': { readonly engine: EngineState };
  'conversation.changed': { readonly summary: ConversationSummary };
  'conversation.removed': { readonly id: string };
  'conversation.headMoved': { readonly conversationId: string; readonly headId: string | null };
  'compaction.added': { readonly compaction: Compaction };
  'compaction.removed': { readonly conversationId: string; readonly id: string };
  /** A summary that is being written, as far as it is; `part` of `parts` when the turns are too long to be read at once. At most every 100 ms. */
  'compaction.written': { readonly conversationId: string; readonly text: string; readonly part: number; readonly parts: number };
  /** Added or changed as a whole: at its start, at its end, and when its state's kind changes. */
  'message.changed': { readonly message: Message };
  /** New text at the end of an answer; sent at most every 40 ms per answer. */
  'message.appended': { readonly conversationId: string; readonly messageId: string; readonly text: string };
  'message.staged': { readonly conversationId: string; readonly messageId: string; readonly stage: GenerationStage };
  'attachment.changed': { readonly attachment: Attachment };
  'attachment.removed': { readonly id: string };
  'bench.progressed': BenchProgress;
  'gpu.progressed': GpuProgress;
  'gpu.testProgressed': GpuTestProgress;
  'ocr.progressed': OcrProgress;
  'meaning.changed': MeaningState;
  /** Views of a picture that are encoded already, before any question about it; from 0 each time another plan for it is begun. */
  'image.prepared': { readonly attachmentId: string; readonly done: number; readonly total: number };
};

export type EventName = keyof Events;
