import { memo } from 'react';
import type { Message } from '../../../electron/shared/conversations.ts';
import { Answer } from './Answer.tsx';
import { Question } from './Question.tsx';

interface MessageRowProps {
  readonly message: Message;
  readonly siblings: readonly string[];
  readonly last: boolean;
}

export const MessageRow = memo(function MessageRow({ message, siblings, last }: MessageRowProps) {
  return message.role === 'user' ? (
    <Question message={message} siblings={siblings} />
  ) : (
    <Answer message={message} siblings={siblings} last={last} />
  );
});
