import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connectToParent } from '../../electron/children/childPort.ts';
import {
  type EngineEvents,
  type EngineRequests,
  type JudgedDevice,
  type LoadParams,
  type LoadedModel,
  type PromptPart,
  type RunParams,
  type RunResult,
  imageTokenId,
} from '../../electron/engine/engineContract.ts';
import { facetError } from '../../electron/shared/errors.ts';
import { gpuTestSteps } from '../../electron/shared/gpu.ts';
import { serveRpc } from '../../electron/shared/rpc.ts';
import { readScript, textOf } from './engineScript.ts';
import { embedBySynonyms } from './synonymEmbedder.ts';

// An engine child without the addon, for tests of everything around it. It is deterministic, keeps a prefix as the real one does, and does what
// the question tells it (engineScript.ts). The environment tells it about loads:
//   FACET_SCRIPT_LOAD_MS          how long a load takes
//   FACET_SCRIPT_DIE_IN_LOAD      a file; while it is there a load dies half way, after deleting it
//   FACET_SCRIPT_ENCODE_MS        how long a view takes that was not encoded before
//   FACET_SCRIPT_FULL_CARD        its name: a card has the model, and no room left for the first view
//   FACET_SCRIPT_CARD             its name: there is a card Vulkan0, which passes its test
//   FACET_SCRIPT_CARD_GATE        a file with the number of steps that a test of the card may end; without one it waits nowhere
//   FACET_SCRIPT_CONTEXT_LIMIT    the model's own limit in tokens

const viewTokens = 16;
const contextLimit = Number(process.env['FACET_SCRIPT_CONTEXT_LIMIT'] ?? 131_072);
const encodeMs = Number(process.env['FACET_SCRIPT_ENCODE_MS'] ?? 5);
const fullCard = process.env['FACET_SCRIPT_FULL_CARD'];
const cardName = process.env['FACET_SCRIPT_CARD'];
let card: JudgedDevice | null =
  cardName === undefined
    ? null
    : {
        name: 'Vulkan0',
        description: cardName,
        backend: 'Vulkan',
        kind: 'gpu',
        location: '0000:01:00.0',
        totalBytes: 8_573_157_376,
        freeBytes: 7_800_000_000,
        standing: 'untested',
        fault: '',
      };
const noMemory = { weights: 1_000_000, kv: 200_000, compute: 30_000, vision: 4_000 };

let loaded: LoadParams | null = null;
/** Ids whose state is kept: the last prompt and its answer. */
let kept: readonly number[] = [];
const encoded = new Set<string>();
let line: Promise<unknown> = Promise.resolve();

const server = serveRpc<EngineRequests, EngineEvents>(
  connectToParent(),
  {
    'engine.describe': () => ({ llamaVersion: 'scripted', devices: card === null ? [] : [card], problems: [] }),
    'device.test': ({ device }, signal) => {
      if (card?.name !== device) throw facetError('invalidRequest', { field: 'gpu', reason: `there is no device called "${device}"` });
      return testCard(card, signal);
    },
    'model.load': (params, signal) => inLine(() => load(params, signal)),
    'model.unload': () => {
      loaded = null;
      kept = [];
      return {};
    },
    'prompt.tokenize': ({ parts }) => {
      requireModel();
      return tokenize(parts);
    },
    'prompt.prospect': ({ parts }, signal) =>
      inLine(() => {
        signal.throwIfAborted();
        const { ids } = tokenize(parts);
        return Promise.resolve({ tokens: ids.length, held: sharedPrefix(ids, kept), kept: 0 });
      }),
    'image.encode': ({ key }, signal) =>
      inLine(async () => {
        const cached = encoded.has(key);
        if (!cached) await delay(encodeMs, undefined, { signal });
        if (encoded.size === 0 && fullCard !== undefined) server.emit('encoder.movedToCpu', { device: fullCard });
        encoded.add(key);
        return { tokens: viewTokens, encodeMs: cached ? 0 : encodeMs, setupMs: 0, cached };
      }),
    'encoder.measure': () => ({ viewMs: encodeMs }),
    'image.known': ({ keys }) => inLine(() => Promise.resolve({ known: keys.map((key) => encoded.has(key)) })),
    'generation.run': (params, signal) => inLine(() => run(params, signal)),
    'text.embed': ({ texts }) => ({ vectors: texts.map(embedBySynonyms), memoryBytes: 1_000_000 }),
    'text.forget': () => ({}),
    // Nothing of it reaches the disk.
    'state.save': () => ({ saved: false }),
  },
  (_name, params) => params as never,
);

function inLine<T>(work: () => Promise<T>): Promise<T> {
  const turn = line.then(work);
  line = turn.catch(() => undefined);
  return turn;
}

function requireModel(): LoadParams {
  if (loaded === null) throw facetError('modelMissing', { model: '' });
  return loaded;
}

function stepsAllowed(): number {
  const gate = process.env['FACET_SCRIPT_CARD_GATE'];
  return gate !== undefined && existsSync(gate) ? Number(readFileSync(gate, 'utf8')) : gpuTestSteps.length;
}

async function testCard(tested: JudgedDevice, signal: AbortSignal): Promise<JudgedDevice> {
  for (const [index, step] of gpuTestSteps.entries()) {
    server.emit('device.testProgressed', { device: tested.name, step });
    while (index >= stepsAllowed() && !signal.aborted) await delay(20);
    if (signal.aborted) throw facetError('cancelled', {});
  }
  card = { ...tested, standing: 'sound' };
  return card;
}

async function load(params: LoadParams, signal: AbortSignal): Promise<LoadedModel> {
  const total = Number(process.env['FACET_SCRIPT_LOAD_MS'] ?? 20);
  loaded = null;
  kept = [];
  if (card?.standing === 'untested') await testCard(card, signal);
  for (let step = 1; step <= 4; step++) {
    await delay(total / 4, undefined, { signal });
    const fatal = process.env['FACET_SCRIPT_DIE_IN_LOAD'];
    if (step === 2 && fatal !== undefined && existsSync(fatal)) {
      rmSync(fatal);
      process.kill(process.pid, 'SIGKILL');
    }
    server.emit('model.loadProgressed', { fraction: step / 4 });
  }
  loaded = params;
  return {
    backend: 'scripted',
    contextTokens: params.contextTokens,
    contextLimit,
    vocabularySize: imageTokenId,
    vision: params.projectorPath === null ? null : { side: 112, tokens: viewTokens },
    memory: noMemory,
    loadMs: total,
    warnings: [],
    ...(fullCard === undefined
      ? {}
      : {
          placement: { device: 'Vulkan0', layers: -1, visionOnCpu: false, contextTokens: params.contextTokens },
          deviceIdentity: fullCard,
        }),
  };
}

async function run({ runId, parts, maxTokens, stopTexts }: RunParams, signal: AbortSignal): Promise<RunResult> {
  const begun = performance.now();
  const { contextTokens } = requireModel();
  for (const part of parts) {
    if (part.kind === 'image' && !encoded.has(part.key)) throw facetError('internal', { message: 'a view was not encoded' });
  }
  const { ids } = tokenize(parts);
  if (ids.length >= contextTokens) throw facetError('internal', { message: 'the prompt is larger than the context' });
  const cachedTokens = sharedPrefix(ids, kept);
  const script = readScript(parts);
  const prefilled = (doneTokens: number): void =>
    server.emit('generation.prefilled', { runId, doneTokens, totalTokens: ids.length, cachedTokens });
  prefilled(cachedTokens);
  if (script.dies === 'prefill') process.kill(process.pid, 'SIGKILL');
  if (script.prefillMs > 0) await delay(script.prefillMs, undefined, { signal }).catch(() => undefined);
  prefilled(ids.length);
  const prefillMs = performance.now() - begun;

  const words = script.answer.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  const answerIds: number[] = [];
  let text = '';
  let stopReason: RunResult['stopReason'] = 'endOfTurn';
  for (const [index, word] of words.entries()) {
    if (signal.aborted) stopReason = 'cancelled';
    else if (index >= maxTokens) stopReason = 'maxTokens';
    else if (ids.length + index >= contextTokens) stopReason = 'contextFull';
    else if (stopTexts.some((stop) => (text + word).includes(stop))) stopReason = 'stopText';
    if (stopReason !== 'endOfTurn') break;
    text += word;
    answerIds.push(...wordIds(word));
    server.emit('generation.wrote', { runId, text: word, tokens: 1 });
    if (script.dies === 'decode' && index >= words.length / 2) {
      // The words before must have left the pipe, or the test could not tell what has to be kept.
      await delay(80);
      process.kill(process.pid, 'SIGKILL');
    }
    if (script.tokenMs > 0) await delay(script.tokenMs, undefined, { signal }).catch(() => undefined);
    else if (index % 50 === 0) await delay(0);
  }
  if (script.hangs) await new Promise(() => undefined);
  kept = [...ids, ...answerIds];
  return {
    text,
    ids: answerIds,
    stopReason,
    promptTokens: ids.length,
    cachedTokens,
    prefillMs,
    takeUpMs: 0,
    firstTokenMs: prefillMs + script.tokenMs,
    decodeMs: Math.max(0, performance.now() - begun - prefillMs - script.tokenMs),
    drafted: 0,
    accepted: 0,
  };
}

/** One token for each word with the space before it; `<bos>` first. Adjacent control pieces count for the first of them. */
function tokenize(parts: readonly PromptPart[]): { ids: number[]; counts: number[] } {
  const ids = [2];
  const counts: number[] = [];
  for (const [index, part] of parts.entries()) {
    const joined = part.kind === 'control' && parts[index - 1]?.kind === 'control';
    const added = partIds(part, joined ? '' : joinedText(parts, index));
    ids.push(...added);
    counts.push(added.length + (index === 0 ? 1 : 0));
  }
  return { ids, counts };
}

function joinedText(parts: readonly PromptPart[], from: number): string {
  let text = '';
  for (let index = from; parts[index]?.kind === 'control'; index++) text += textOf(parts[index]);
  return text;
}

function partIds(part: PromptPart, controlText: string): readonly number[] {
  if (part.kind === 'tokens') return part.ids;
  if (part.kind === 'image') return Array.from({ length: viewTokens }, () => imageTokenId);
  return wordIds(part.kind === 'control' ? controlText : part.text);
}

function wordIds(text: string): number[] {
  return (text.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? []).map((word) => {
    let hash = 7;
    for (const character of word) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 261_000;
    return 1000 + hash;
  });
}

function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  // The last token is always evaluated, for its logits.
  while (length < a.length - 1 && a[length] === b[length]) length++;
  return length;
}
