import type { ModelFacts } from '../../shared/models.ts';
import { requireTensors } from './expectedTensors.ts';
import { require } from './ggufFault.ts';
import type { GgufFile } from './ggufFile.ts';
import type { Metadata } from './metadata.ts';
import { optionalText, optionalWhole } from './metadataReaders.ts';
import { tensorBytes } from './tensorTable.ts';
import { nameQuantisation } from './tensorTypes.ts';
import { textTensors } from './textModel.ts';
import { readTextShape } from './textShape.ts';
import { checkVocabulary } from './vocabulary.ts';

/** llama.cpp's number for the mean over a text's tokens. */
const meanPooling = 1;
const anyWhole = { least: 0, most: 0xffff_ffff };
const withoutDense = 'It lacks the two dense layers at the end of EmbeddingGemma, so it finds a little less; newer files have them.';

/** Checks a file of the gemma-embedding architecture: a Gemma 3 that attends both ways, with two dense layers after the mean. @throws GgufFault */
export function checkEmbeddingModel({ metadata, tensors }: GgufFile): { readonly facts: ModelFacts; readonly warnings: readonly string[] } {
  const shape = readTextShape(metadata, 'gemma-embedding');
  const pooling = optionalWhole(metadata, 'gemma-embedding.pooling_type', anyWhole) ?? meanPooling;
  require(pooling === meanPooling, 'foreign-feature', `It pools by method ${pooling}; EmbeddingGemma takes the mean (${meanPooling}).`);
  const vocabulary = checkVocabulary(metadata);
  const dense = denseWidths(metadata, shape.width);
  const expected = new Map(textTensors(shape, vocabulary.size, tensors.has('blk.0.attn_qkv.weight')));
  if (dense !== null) {
    expected.set('dense_2.weight', { shape: [shape.width, dense], storage: 'weight' });
    expected.set('dense_3.weight', { shape: [dense, shape.width], storage: 'weight' });
  }
  requireTensors(tensors, expected);
  const { ropeBase: _base, ropeFactor: _factor, ...modelShape } = shape;
  const facts: ModelFacts = {
    size: 'custom',
    name: optionalText(metadata, 'general.name')?.slice(0, 120) ?? '',
    quantisation: nameQuantisation(optionalWhole(metadata, 'general.file_type', anyWhole), tensors.values()),
    contextLimit: shape.contextLimit,
    layers: shape.layers,
    embeddingLength: shape.width,
    hasChatTemplate: false,
    imageSize: null,
    imageTokens: null,
    tensorBytes: tensorBytes(tensors),
    shape: { kind: 'search', text: { ...modelShape, vocabulary: vocabulary.size } },
  };
  return { facts, warnings: [...(dense === null ? [withoutDense] : []), ...vocabulary.warnings] };
}

/** Numbers between the two dense layers; null without them. llama.cpp ends the process where the outer widths are not the model's. */
function denseWidths(metadata: Metadata, width: number): number | null {
  const keys = ['dense_2_feat_in', 'dense_2_feat_out', 'dense_3_feat_in', 'dense_3_feat_out'];
  const given = keys.map((key) => optionalWhole(metadata, `gemma-embedding.${key}`, { least: 1, most: 65_536 }));
  if (given.every((value) => value === null)) return null;
  const [inner, between, again, outer] = given;
  const fits = inner === width && outer === width && between !== null && between === again;
  require(fits, 'bad-dense', `The dense layers at its end (${given.join(', ')}) do not fit ${width} values a token.`);
  return between ?? null;
}
