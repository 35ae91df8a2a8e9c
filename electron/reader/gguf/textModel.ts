import type { ModelFacts } from '../../shared/models.ts';
import { type ExpectedTensor, requireTensors } from './expectedTensors.ts';
import { require } from './ggufFault.ts';
import type { GgufFile } from './ggufFile.ts';
import { recogniseSize } from './knownSizes.ts';
import { anyNumber, optionalText, optionalWhole } from './metadataReaders.ts';
import { tensorBytes } from './tensorTable.ts';
import { nameQuantisation } from './tensorTypes.ts';
import { readTextShape, type TextShape } from './textShape.ts';
import { checkVocabulary } from './vocabulary.ts';

/** Checks a file of the gemma3 architecture. The chat template is only noticed, never read. @throws GgufFault */
export function checkTextModel({ metadata, tensors }: GgufFile): { readonly facts: ModelFacts; readonly warnings: readonly string[] } {
  const parts = anyNumber(metadata, 'split.count') ?? 1;
  require(parts <=
    1, 'split-file', `This is one of ${parts} files that a model is split into; Facet takes it as one file. llama-gguf-split --merge makes that of them.`);
  const ownVision = [...tensors.keys()].some((name) => name.startsWith('v.') || name.startsWith('mm.'));
  require(!ownVision, 'combined-file', 'This file holds the text and the vision part together; Facet takes them as two files.');
  const shape = readTextShape(metadata, 'gemma3');
  const vocabulary = checkVocabulary(metadata);
  requireTensors(tensors, textTensors(shape, vocabulary.size, tensors.has('blk.0.attn_qkv.weight')));
  const { size, warnings } = recogniseSize(shape);
  const windowless = shape.window === 0 ? ['It has no sliding window: every layer keeps the whole context, which costs much memory.'] : [];
  const { ropeBase: _base, ropeFactor: _factor, ...modelShape } = shape;
  const facts: ModelFacts = {
    size,
    name: optionalText(metadata, 'general.name')?.slice(0, 120) ?? '',
    quantisation: nameQuantisation(optionalWhole(metadata, 'general.file_type', anyWhole), tensors.values()),
    contextLimit: shape.contextLimit,
    layers: shape.layers,
    embeddingLength: shape.width,
    hasChatTemplate: metadata.has('tokenizer.chat_template'),
    imageSize: null,
    imageTokens: null,
    tensorBytes: tensorBytes(tensors),
    shape: { kind: 'text', text: { ...modelShape, vocabulary: vocabulary.size } },
  };
  return { facts, warnings: [...warnings, ...windowless, ...vocabulary.warnings] };
}

const anyWhole = { least: 0, most: 0xffff_ffff };

/** Shapes innermost first, as llama.cpp's loaders of gemma3 and gemma-embedding ask for them. */
export function textTensors(shape: TextShape, vocabularySize: number, fused: boolean): ReadonlyMap<string, ExpectedTensor> {
  const { width, feedForward, headWidth } = shape;
  const queryWidth = shape.heads * headWidth;
  const keyWidth = shape.keyHeads * headWidth;
  const norm = (size: number): ExpectedTensor => ({ shape: [size], storage: 'norm' });
  const weight = (...sizes: number[]): ExpectedTensor => ({ shape: sizes, storage: 'weight' });
  const expected = new Map<string, ExpectedTensor>([
    ['token_embd.weight', weight(width, vocabularySize)],
    ['output_norm.weight', norm(width)],
    ['output.weight', { ...weight(width, vocabularySize), optional: true }],
  ]);
  for (let layer = 0; layer < shape.layers; layer++) {
    const add = (name: string, tensor: ExpectedTensor): unknown => expected.set(`blk.${layer}.${name}.weight`, tensor);
    add('attn_norm', norm(width));
    if (fused) add('attn_qkv', weight(width, queryWidth + 2 * keyWidth));
    else {
      add('attn_q', weight(width, queryWidth));
      add('attn_k', weight(width, keyWidth));
      add('attn_v', weight(width, keyWidth));
    }
    add('attn_output', weight(queryWidth, width));
    add('attn_q_norm', norm(headWidth));
    add('attn_k_norm', norm(headWidth));
    add('post_attention_norm', norm(width));
    add('ffn_norm', norm(width));
    add('ffn_gate', weight(width, feedForward));
    add('ffn_up', weight(width, feedForward));
    add('ffn_down', weight(feedForward, width));
    add('post_ffw_norm', norm(width));
  }
  return expected;
}
