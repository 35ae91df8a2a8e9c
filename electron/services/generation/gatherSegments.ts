import type { AttachmentUse, Message } from '../../shared/conversations.ts';
import type { AnswerTokens } from '../conversations/answerTokenStore.ts';
import { pictureLabels } from '../context/pictureLabels.ts';
import type { ContextSegments, ImageSegment, ModelTurn, TurnSegment } from '../context/segments.ts';
import type { Inputs } from './readInputs.ts';
import type { PathDocuments } from '../asking/documentsInPath.ts';

export interface SegmentSources {
  readonly inputs: Inputs;
  /** What of the documents stands at each question. */
  readonly documents: PathDocuments;
  /** The picture's views for one use of it. */
  readonly image: (use: AttachmentUse) => ImageSegment | null;
  readonly tokens: (messageId: string) => AnswerTokens | null;
  /** Of the model that reads. */
  readonly modelSha256: string | null;
}

/** The segments of a path of messages. Answers come by their exact ids where this model wrote them. */
export function gatherSegments(system: string, path: readonly Message[], sources: SegmentSources): ContextSegments {
  const isPicture = ({ attachmentId }: AttachmentUse): boolean => sources.inputs.get(attachmentId)?.kind === 'image';
  const labels = pictureLabels(path.map((message) => (message.role === 'user' ? message.attachments.filter(isPicture) : [])));
  return { system, turns: path.map((message) => turnOf(message, labels, sources)) };
}

function turnOf(
  message: Message,
  labels: ReadonlyMap<AttachmentUse, string>,
  { documents, image, tokens, modelSha256 }: SegmentSources,
): TurnSegment {
  if (message.role === 'assistant') return modelTurn(message.text, tokens(message.id), modelSha256);
  const images = message.attachments.flatMap((use) => {
    const segment = image(use);
    const label = labels.get(use);
    return segment === null ? [] : [label === undefined ? segment : { ...segment, label }];
  });
  return { role: 'user', text: message.text, documents: documents.get(message.id) ?? [], images };
}

function modelTurn(text: string, tokens: AnswerTokens | null, modelSha256: string | null): ModelTurn {
  // One that a summary stands for has no words any more.
  if (text === '') return { role: 'model', rawText: '', ids: null };
  if (modelSha256 === null || tokens?.modelSha256 !== modelSha256 || tokens.ids === null)
    return { role: 'model', rawText: text, ids: null };
  return { role: 'model', rawText: tokens.rawText, ids: tokens.ids };
}
