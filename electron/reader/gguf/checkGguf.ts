import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { FacetError, facetError } from '../../shared/errors.ts';
import type { ModelCheck } from '../../shared/models.ts';
import { checkEmbeddingModel } from './embeddingModel.ts';
import { GgufFault } from './ggufFault.ts';
import { type GgufFile, readGguf } from './ggufFile.ts';
import { optionalText } from './metadataReaders.ts';
import { checkProjector } from './projector.ts';
import { checkTextModel } from './textModel.ts';

/**
 * Proves that a file is a Gemma 3 that the addon survives, from its header alone. A bad file is a result, not an error.
 * @throws FacetError notFound or fileUnreadable when it cannot be opened
 */
export function checkGguf(path: string): Promise<ModelCheck> {
  return new Promise((resolve) => resolve(checkNow(path)));
}

function checkNow(path: string): ModelCheck {
  const descriptor = open(path);
  let known: ModelCheck['kind'] = 'unknown';
  try {
    const facts = fstatSync(descriptor);
    const file = readGguf(descriptor, facts.size);
    const kind = kindOf(file);
    known = kind;
    const { check, message } = checks[kind];
    const result = check(file);
    return { ok: true, kind, code: 'ok', message, warnings: result.warnings, facts: result.facts };
  } catch (error) {
    if (error instanceof GgufFault) return { ok: false, kind: known, code: error.code, message: error.message, warnings: [], facts: null };
    if (isFileSystemError(error)) throw facetError('fileUnreadable', { file: path, reason: error.message }, error);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

const checks = {
  text: { check: checkTextModel, message: 'This is a Gemma 3 model that Facet can run.' },
  projector: { check: checkProjector, message: 'This is the vision part of a Gemma 3.' },
  search: { check: checkEmbeddingModel, message: 'This is an EmbeddingGemma, with which Facet searches documents by meaning.' },
} as const;

/** @throws GgufFault not-gemma3, naming what it is instead */
function kindOf({ metadata, tensors }: GgufFile): keyof typeof checks {
  const architecture = optionalText(metadata, 'general.architecture');
  if (architecture === 'clip') return 'projector';
  if (architecture === 'gemma-embedding') return 'search';
  if (architecture === 'gemma3') {
    if (optionalText(metadata, 'general.type') !== 'adapter') return 'text';
    throw new GgufFault('not-gemma3', 'Facet runs whole Gemma 3 models; this file is an adapter for one.');
  }
  if (architecture === null)
    throw new GgufFault('not-gemma3', `Facet runs Gemma 3; this file does not say what model its ${tensors.size} tensors are.`);
  throw new GgufFault('not-gemma3', `Facet runs Gemma 3; this file is a model of the architecture "${architecture.slice(0, 40)}".`);
}

function open(path: string): number {
  try {
    // Opening a pipe would wait until somebody writes to it.
    return statSync(path).isFile() ? openSync(path, 'r') : notAFile(path);
  } catch (error) {
    if (error instanceof FacetError) throw error;
    const missing = isFileSystemError(error) && error.code === 'ENOENT';
    if (missing) throw facetError('notFound', { what: 'file', id: path }, error);
    throw facetError('fileUnreadable', { file: path, reason: error instanceof Error ? error.message : String(error) }, error);
  }
}

function notAFile(path: string): never {
  throw facetError('fileUnreadable', { file: path, reason: 'it is not a file' });
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
