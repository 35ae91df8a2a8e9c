import type { ContextUsage } from '../../../electron/shared/generation.ts';

export type ContextPartName = 'system' | 'documents' | 'images' | 'conversation' | 'answerRoom' | 'free';

export interface ContextPart {
  readonly part: ContextPartName;
  readonly tokens: number;
  /** Of the whole context, 0..1; of everything wanted when that is more. */
  readonly share: number;
}

export interface ContextGauge {
  /** Tokens of the prompt: everything but the room for the answer. */
  readonly used: number;
  readonly available: number;
  /** Of the whole context; above 1 when the prompt alone is larger. */
  readonly fraction: number;
  /** Tokens by which prompt and answer room exceed the context; 0 when they fit. */
  readonly excess: number;
  /** In prompt order, then the answer's room, then what is free. Empty ones are left out. */
  readonly parts: readonly ContextPart[];
}

/** Sums of the context by part. Null while no model is loaded: there is no size to compare with. */
export function contextGauge(usage: ContextUsage): ContextGauge | null {
  const { system, documents, images, conversation, answerRoom, available } = usage;
  if (available <= 0) return null;
  const used = system + documents + images + conversation;
  const wanted = used + answerRoom;
  const whole = Math.max(wanted, available);
  const amounts: readonly (readonly [ContextPartName, number])[] = [
    ['system', system],
    ['documents', documents],
    ['images', images],
    ['conversation', conversation],
    ['answerRoom', answerRoom],
    ['free', Math.max(0, available - wanted)],
  ];
  return {
    used,
    available,
    fraction: used / available,
    excess: Math.max(0, wanted - available),
    parts: amounts.filter(([, tokens]) => tokens > 0).map(([part, tokens]) => ({ part, tokens, share: tokens / whole })),
  };
}
