import { assertNever } from '../../../electron/shared/assertNever.ts';
import type { GenerationStage } from '../../../electron/shared/generation.ts';
import { gpuTestSteps, gpuTestWords } from '../../../electron/shared/gpu.ts';

/** A stage in the user's words. */
export function stageWords(stage: GenerationStage): string {
  switch (stage.kind) {
    case 'waiting':
      return 'Waiting for another answer to finish';
    case 'loadingModel':
      if (stage.checking === true) return 'Checking the file of the model';
      return stage.testing === undefined ? 'Loading the model' : gpuTestWords(stage.testing);
    case 'readingDocument':
      return stage.pages === 0 ? `Reading ${stage.name}` : `Reading page ${stage.page} of ${stage.pages} of ${stage.name}`;
    case 'lookingAtView':
      return stage.views <= 1 ? `Looking at ${stage.name}` : `Looking at view ${stage.view} of ${stage.views} of ${stage.name}`;
    case 'readingParts': {
      const found = stage.found === 0 ? '' : `, ${stage.found} found`;
      return `Reading part ${stage.part} of ${stage.parts}${found}`;
    }
    case 'readingPrompt':
      return 'Reading the chat';
    case 'writing':
      return 'Writing';
    default:
      return assertNever(stage, 'stage');
  }
}

/** How far a stage is, 0..1; null where nobody knows. */
export function stageFraction(stage: GenerationStage): number | null {
  switch (stage.kind) {
    case 'waiting':
    case 'writing':
      return null;
    case 'loadingModel':
      if (stage.checking === true) return null;
      return stage.testing === undefined ? stage.fraction : gpuTestSteps.indexOf(stage.testing) / gpuTestSteps.length;
    case 'readingDocument':
      return stage.pages === 0 ? null : (stage.page - 1) / stage.pages;
    case 'lookingAtView':
      return stage.views === 0 ? null : (stage.view - 1) / stage.views;
    case 'readingParts':
      return stage.parts === 0 ? null : (stage.part - 1) / stage.parts;
    case 'readingPrompt':
      return stage.totalTokens === 0 ? null : stage.doneTokens / stage.totalTokens;
    default:
      return assertNever(stage, 'stage');
  }
}
