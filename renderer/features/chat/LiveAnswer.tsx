import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../electron/shared/conversations.ts';
import { generatingMessage } from '../../state/branches.ts';
import { createSentenceReader, type SentenceReader } from './sentences.ts';
import { stageWords } from './stageWords.ts';

/** Says the answer sentence by sentence, and each new stage once, to those who listen. */
export function LiveAnswer({ conversation }: { readonly conversation: Conversation }) {
  const reader = useRef<{ readonly id: string; readonly read: SentenceReader } | null>(null);
  const [spoken, setSpoken] = useState('');
  const writing = generatingMessage(conversation);
  const last = writing ?? conversation.messages.findLast(({ id }) => id === reader.current?.id) ?? null;
  const id = last?.id ?? null;
  const text = last?.text ?? '';
  const stage = writing?.role === 'assistant' && writing.state.kind === 'generating' ? writing.state.stage : null;
  const stageKind = stage?.kind ?? null;

  useEffect(() => {
    if (id === null) return;
    if (reader.current?.id !== id) reader.current = { id, read: createSentenceReader() };
    const sentences = reader.current.read(text, stageKind === null);
    if (sentences !== '') setSpoken(sentences);
  }, [id, text, stageKind]);
  useEffect(() => {
    if (stage !== null && stage.kind !== 'writing') setSpoken(stageWords(stage));
    // Only a new kind of stage is said, not every page of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, stageKind]);

  return (
    <div className="visuallyHidden" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
