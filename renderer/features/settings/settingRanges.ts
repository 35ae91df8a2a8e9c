import type { NumberRange } from '../../components/numberText.ts';

/** Ranges of the settings, as the contract gives them. */
export const settingRanges = {
  temperature: { minimum: 0, maximum: 2 },
  topK: { minimum: 1, maximum: 1000, whole: true },
  topP: { minimum: 0, maximum: 1, aboveMinimum: true },
  minP: { minimum: 0, maximum: 1 },
  seed: { minimum: 0, maximum: 2 ** 32 - 1, whole: true },
  maxTokens: { minimum: 1, maximum: 32_768, whole: true },
  contextTokens: { minimum: 512, maximum: 131_072, whole: true },
  stateGigabytes: { minimum: 0, maximum: 256, whole: true },
  downloadMegabytes: { minimum: 0, maximum: 10_000 },
  threads: { minimum: 0, maximum: 256, whole: true },
} as const satisfies Readonly<Record<string, NumberRange>>;

/** Longest system text in UTF-16 units. */
export const longestSystemPrompt = 20_000;
