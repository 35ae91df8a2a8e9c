import { assertNever } from '../../shared/assertNever.ts';
import type { PromptPart } from '../../engine/engineContract.ts';

/**
 * Bytes of UTF-8 for one token of Gemma's vocabulary, digits apart, which are a token each. English prose has 4.2 and code about 3.3; a prompt is sooner
 * called too long than sent too long.
 */
const bytesPerToken = 3.5;

/** About how many tokens each part has; the server alone knows. Nothing is sent to find out. */
export function estimateTokens(parts: readonly PromptPart[], viewTokens: number): readonly number[] {
  return parts.map((part) => {
    switch (part.kind) {
      case 'control':
      case 'text': {
        const digits = part.text.match(/\d/g)?.length ?? 0;
        return digits + Math.ceil((Buffer.byteLength(part.text) - digits) / bytesPerToken);
      }
      case 'tokens':
        return part.ids.length;
      case 'image':
        return viewTokens;
      default:
        return assertNever(part, 'prompt part');
    }
  });
}
