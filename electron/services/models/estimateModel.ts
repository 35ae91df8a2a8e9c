import { totalmem } from 'node:os';
import process from 'node:process';
import { assertNever } from '../../shared/assertNever.ts';
import { facetError } from '../../shared/errors.ts';
import { releasedSizes, releasedVision } from '../../shared/gemmaSizes.ts';
import type { GpuDevice } from '../../shared/gpu.ts';
import { hasOwnMemory, placeOnDevice } from '../../shared/gpuPlacement.ts';
import {
  type CacheType,
  estimateMemory,
  estimateSearchMemory,
  keptMemory,
  largestThat,
  type MemoryEstimate,
  type MemoryQuestion,
  searchContext,
  totalMemory,
} from '../../shared/memoryEstimate.ts';
import { type EstimateSubject, judge, type ModelEstimate, roomFor } from '../../shared/modelEstimate.ts';
import type { EngineState, Model, ModelCheck, ModelFacts, ModelSize, ReleasedSize } from '../../shared/models.ts';
import type { SpeedSubject } from '../speeds/speedBook.ts';
import { projectorBytes, type Quantisation, quantisations, weightBytes } from '../../shared/weightBytes.ts';

/** Left for the system and other programs when a model is said to fit, in bytes. */
const reserve = 512 * 1024 ** 2;

export interface EstimateRequest {
  readonly subject: EstimateSubject;
  /** Capped by the model's own limit. */
  readonly contextTokens: number;
  readonly cacheType: CacheType;
  readonly check: (path: string) => Promise<ModelCheck>;
  /** @throws FacetError notFound */
  readonly model: (id: string) => Model;
  /** What is in memory now and would be unloaded. */
  readonly engine: EngineState;
  /** Those that a load would use, the best first. */
  readonly devices: readonly GpuDevice[];
  /** Words in a second; null where nothing is known. */
  readonly speed: (subject: SpeedSubject) => ModelEstimate['speed'];
}

type Described = Omit<MemoryQuestion, 'contextTokens' | 'cacheType'> & {
  readonly size: ModelSize;
  readonly quantisation: string;
  /** Of the files where they are known; null otherwise. */
  readonly textSha256: string | null;
  /** It only searches. */
  readonly search: boolean;
};

/**
 * What a model takes on this machine, without downloading or loading it.
 * @throws FacetError modelInvalid when a file is no Gemma 3 that Facet runs, modelMissing, notFound, fileUnreadable
 */
export async function estimateModel(request: EstimateRequest): Promise<ModelEstimate> {
  const described = await describe(request.subject, request);
  const { size, quantisation, textSha256, search, ...question } = described;
  const { cacheType } = request;
  const contextTokens = Math.min(request.contextTokens, question.shape.contextLimit);
  if (search) return estimateSearch(described, cacheType);
  const free = freeBytes() + givenBack(request.engine);
  const devices = request.devices.filter(hasOwnMemory).map((device) => withGivenBack(device, request.engine));
  const at = (tokens: number, type: CacheType = cacheType) => {
    const memory = estimateMemory({ ...question, contextTokens: tokens, cacheType: type });
    return { memory, total: totalMemory(memory), gpu: gpuShare(devices, memory, question.shape.layers) };
  };
  const needed = at(contextTokens);
  const left = roomFor({ free, gpu: needed.gpu }) - needed.total;
  const memory = { ...needed.memory, kept: keptMemory({ ...question, contextTokens, cacheType }, { left, memory: totalmem() }) };
  const largestWith = (type: CacheType): number =>
    largestThat(question.shape, (tokens) => {
      const { total, gpu } = at(tokens, type);
      return total <= roomFor({ free, gpu });
    });
  const estimate = {
    size,
    quantisation,
    contextTokens,
    cacheType,
    memory,
    total: totalMemory(memory),
    gpu: needed.gpu,
    free,
    largestContext: largestWith(cacheType),
    largestContextHalved: largestWith('q8_0'),
    speed: request.speed({ size, quantisation, textSha256, weights: question.weights, contextTokens }),
  };
  return { ...estimate, verdict: judge(estimate) };
}

function freeBytes(): number {
  return Math.max(0, process.availableMemory() - reserve);
}

/** Of a model that only searches, which is in memory beside the one that answers. */
function estimateSearch({ size, quantisation, shape, weights }: Described, cacheType: CacheType): ModelEstimate {
  const memory = estimateSearchMemory(shape, weights);
  const [total, free, contextTokens] = [totalMemory(memory), freeBytes(), searchContext(shape)];
  const largestContext = total <= free ? contextTokens : 0;
  const estimate = { total, free, gpu: null, contextTokens, largestContext, speed: null };
  return { ...estimate, size, quantisation, cacheType, memory, largestContextHalved: largestContext, verdict: judge(estimate) };
}

async function describe(subject: EstimateSubject, { check, model }: Pick<EstimateRequest, 'check' | 'model'>): Promise<Described> {
  switch (subject.kind) {
    case 'released':
      return describeReleased(subject.size, subject.quantisation);
    case 'model':
      return describeListed(model(subject.id), check);
    case 'file':
      return describeFile(subject, check);
    default:
      return assertNever(subject, 'subject');
  }
}

function describeReleased(size: ReleasedSize, quantisation: Quantisation): Described {
  const projector = projectorBytes(size);
  return {
    size,
    quantisation,
    textSha256: null,
    search: false,
    shape: releasedSizes[size],
    weights: weightBytes(size, quantisation),
    vision: projector === null ? null : { shape: releasedVision, weights: projector },
  };
}

/** By its files where they are here, else by what its size and variant say. */
async function describeListed({ id, size, quantisation, text, projector }: Model, check: EstimateRequest['check']): Promise<Described> {
  if (text.path !== null) {
    return { ...(await describeFile({ path: text.path, projectorPath: projector?.path ?? null }, check)), textSha256: text.sha256 };
  }
  // Both kinds of 16 bits are of one size.
  const known = quantisation === 'F16' ? 'BF16' : quantisations.find((name) => name === quantisation);
  if (size === 'custom' || known === undefined) throw facetError('modelMissing', { model: id });
  return describeReleased(size, known);
}

async function describeFile(
  { path, projectorPath }: Omit<Extract<EstimateSubject, { readonly kind: 'file' }>, 'kind'>,
  check: EstimateRequest['check'],
): Promise<Described> {
  const facts = await factsOf(path, check);
  const { shape } = facts;
  if (shape.kind === 'projector') {
    throw facetError('modelInvalid', { file: path, check: 'not-text', reason: 'it is the vision part; name the text model' });
  }
  const projector = projectorPath === null ? null : await factsOf(projectorPath, check);
  if (projector !== null && projector.shape.kind !== 'projector') {
    throw facetError('modelInvalid', { file: projectorPath ?? '', check: 'not-projector', reason: 'it is no vision part' });
  }
  return {
    size: facts.size,
    quantisation: facts.quantisation,
    textSha256: null,
    search: shape.kind === 'search',
    shape: shape.text,
    weights: facts.tensorBytes,
    vision: projector?.shape.kind === 'projector' ? { shape: projector.shape.vision, weights: projector.tensorBytes } : null,
  };
}

async function factsOf(path: string, check: EstimateRequest['check']): Promise<ModelFacts> {
  const checked = await check(path);
  if (!checked.ok || checked.facts === null) throw facetError('modelInvalid', { file: path, check: checked.code, reason: checked.message });
  return checked.facts;
}

/** Weights in the mapped file count as free already; the rest of the computer's memory is given back by unloading. */
function givenBack(engine: EngineState): number {
  if (engine.kind !== 'ready') return 0;
  const { weights, kv, compute, mapped = 0, device = 0 } = engine.memory;
  return Math.max(0, weights - mapped + kv + compute - device);
}

function withGivenBack(device: GpuDevice, engine: EngineState): GpuDevice {
  if (engine.kind !== 'ready' || engine.device !== device.name) return device;
  return { ...device, freeBytes: Math.min(device.totalBytes, device.freeBytes + (engine.memory.device ?? 0)) };
}

/** Of the first device that takes a part of the model, as a load would try it. */
function gpuShare(devices: readonly GpuDevice[], memory: MemoryEstimate, layers: number): ModelEstimate['gpu'] {
  const { weights, kvGlobal, kvWindow, compute, vision } = memory;
  for (const device of devices) {
    const placed = placeOnDevice(device, { weights, kv: kvGlobal + kvWindow, compute, vision, layers });
    if (placed.bytes > 0) return { name: device.description, bytes: placed.bytes, free: device.freeBytes };
  }
  return null;
}
