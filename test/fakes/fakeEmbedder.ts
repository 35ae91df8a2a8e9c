import { queryPrompt, type TextEmbedder } from '../../electron/services/retrieval/textEmbedder.ts';

/** An embedder without a model file; `embed` makes the vector of one text. */
export function fakeEmbedder(embed: (text: string) => Float32Array, model = 'fake'): TextEmbedder {
  return {
    model: () => model,
    memoryBytes: () => 0,
    problem: () => null,
    embed: (texts) => Promise.resolve(texts.map(embed)),
    question: (question) => Promise.resolve({ model, vector: embed(queryPrompt(question)) }),
    close: () => undefined,
  };
}
