import { assertNever } from '../../shared/assertNever.ts';
import { facetError } from '../../shared/errors.ts';
import type { PromptPart } from '../../engine/engineContract.ts';

/** A message of the chat protocol. */
export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly ChatContent[];
}

export type ChatContent =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** Gemma's control words. In the words of others they must stay words, and a server reads them as control unless they are broken. */
const controlWords = /<(?=(?:start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token|bos|eos|pad|unk|unused\d+|mask)>)/g;
const zeroWidthSpace = '\u200B';

/**
 * The prompt of the turns profile as messages of the chat protocol; the server writes Gemma's markers by itself. System text stays where Gemma has it,
 * before the first question. An answer that goes on is the last message.
 * @param picture the data URL of a view
 */
export function chatMessages(parts: readonly PromptPart[], picture: (key: string) => string): readonly ChatMessage[] {
  const messages: { role: ChatMessage['role']; content: ChatContent[] }[] = [];
  const add = (content: ChatContent): void => {
    const message = messages.at(-1);
    if (message === undefined) throw facetError('internal', { message: 'a prompt began outside of a turn' });
    const last = message.content.at(-1);
    if (content.type === 'text' && last?.type === 'text')
      message.content[message.content.length - 1] = { type: 'text', text: last.text + content.text };
    else message.content.push(content);
  };
  for (const part of parts) {
    switch (part.kind) {
      case 'control':
        for (const piece of part.text.split(
          /(<start_of_turn>user\n|<start_of_turn>model\n|<end_of_turn>\n|\n\n<start_of_image>|<end_of_image>\n\n)/,
        )) {
          if (piece === '<start_of_turn>user\n') messages.push({ role: 'user', content: [] });
          else if (piece === '<start_of_turn>model\n') messages.push({ role: 'assistant', content: [] });
          // The server puts its own marks around pictures and at the end of turns.
          else if (piece !== '' && !piece.includes('<')) add({ type: 'text', text: piece });
        }
        break;
      case 'text':
        if (part.text !== '') add({ type: 'text', text: part.text.replace(controlWords, `<${zeroWidthSpace}`) });
        break;
      case 'image':
        add({ type: 'image_url', image_url: { url: picture(part.key) } });
        break;
      case 'tokens':
        throw facetError('internal', { message: 'exact ids mean nothing to a server' });
      default:
        assertNever(part, 'prompt part');
    }
  }
  const last = messages.at(-1);
  const answered = last?.role === 'assistant' && last.content.length === 0 ? messages.slice(0, -1) : messages;
  return answered.map(({ role, content }) => ({ role, content: onlyText(content) ?? content }));
}

/** Plain text where there is nothing else: not every server takes parts. */
function onlyText(content: readonly ChatContent[]): string | null {
  const texts = content.flatMap((one) => (one.type === 'text' ? [one.text] : []));
  return texts.length === content.length ? texts.join('') : null;
}
