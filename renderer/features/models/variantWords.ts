import type { Model } from '../../../electron/shared/models.ts';

/** How a variant is called, and what it means for people. */
export interface VariantWords {
  readonly name: string;
  readonly means: string;
}

export function variantWords({ id, quantisation, profile }: Pick<Model, 'id' | 'quantisation' | 'profile'>): VariantWords {
  if (profile === 'transcript') return { name: `${quantisation}, pretrained`, means: 'Not trained to answer: short answers only' };
  switch (quantisation) {
    case 'Q4_0':
      return id.includes('qat')
        ? { name: 'Q4_0, QAT', means: 'Trained for 4 bits: the best answers for its size' }
        : { name: 'Q4_0', means: '4 bits' };
    case 'Q4_K_M':
      return { name: 'Q4_K_M', means: '4 and 6 bits mixed, not trained for it' };
    case 'Q8_0':
      return { name: 'Q8_0', means: '8 bits: nearly exact' };
    case 'BF16':
    case 'F16':
      return { name: quantisation, means: 'The original numbers in 16 bits' };
    default:
      return { name: quantisation === '' ? 'As it is' : quantisation, means: 'As its author made it' };
  }
}
