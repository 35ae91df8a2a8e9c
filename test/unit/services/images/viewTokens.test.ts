import { expect, it } from 'vitest';
import { viewTokens } from '../../../../electron/services/images/viewTokens.ts';

// Whole prompts of the reference with one short question, tokenised: 273 tokens without crops, 812, 1073 and 1334 with 2, 3 and 4.
it('adds to a prompt what the reference processor adds', () => {
  const questionTokens = 273 - viewTokens(0, 256);
  expect([2, 3, 4].map((crops) => questionTokens + viewTokens(crops, 256))).toEqual([812, 1073, 1334]);
});
