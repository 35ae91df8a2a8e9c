import { useEffect, useEffectEvent, useState } from 'react';
import { TextArea } from '../../components/TextArea.tsx';
import { formatNumber } from '../../components/numberText.ts';
import { longestSystemPrompt } from './settingRanges.ts';

/** Saved when the typing rests for this long, in milliseconds. */
const restMs = 500;

export interface SystemPromptFieldProps {
  readonly value: string;
  readonly onCommit: (text: string) => void;
}

/** The instructions for new chats. Saved while typing; text that is too long stays in the field and is not saved. */
export function SystemPromptField({ value, onCommit }: SystemPromptFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? value;
  const excess = text.length - longestSystemPrompt;
  const commit = (): void => {
    if (draft !== null && draft !== value && draft.length <= longestSystemPrompt) onCommit(draft);
  };
  const commitLate = useEffectEvent(commit);
  useEffect(() => {
    if (draft === null) return undefined;
    const timer = setTimeout(() => commitLate(), restMs);
    return () => clearTimeout(timer);
  }, [draft]);
  // Closing the dialog within the rest must not lose the last words.
  useEffect(() => () => commitLate(), []);
  return (
    <TextArea
      label="Instructions for new chats"
      hint="What the model should always keep in mind, such as “Answer in German, briefly.” Chats that exist already keep their own."
      error={excess > 0 ? `${formatNumber(excess)} characters too long; at most ${formatNumber(longestSystemPrompt)} are saved.` : null}
      placeholder="None"
      value={text}
      onValueChange={setDraft}
      onBlur={commit}
    />
  );
}
