import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import type { ModelCheck, ModelFacts } from '../../shared/models.ts';
import type { ImportedFile, ImportedModel, ImportedModels } from '../database/importedModels.ts';
import { type Catalogue, filesOf } from './catalogue.ts';
import { requireSpace } from '../disk/diskErrors.ts';
import { copyModelFile } from './copyModelFile.ts';
import { hashFile } from './hashFile.ts';
import type { ModelFolder } from './modelFolder.ts';

/** How many neighbours of a model file are looked at for its projector. */
const neighbourLimit = 16;
const pretrainedNote = 'pretrained checkpoint: good for trying Facet; short answers only';

export interface ImportRequest {
  readonly path: string;
  /** Null looks for a matching one beside the model. */
  readonly projectorPath: string | null;
  readonly catalogue: Catalogue;
  readonly known: ImportedModels;
  check(path: string): Promise<ModelCheck>;
  /** Bytes hashed and bytes to hash, both files together. */
  onHashed(done: number, total: number): void;
  readonly signal: AbortSignal;
  /** Where a copy is put; null leaves the files where they are. */
  readonly copyInto: ModelFolder | null;
}

/**
 * Checks and hashes a model on disk, which stays where it is; of a copy only the copy is used.
 * @throws FacetError notFound, fileUnreadable, modelInvalid, readerStopped, diskFull, diskFailed, or AbortError
 */
export async function importModel(request: ImportRequest): Promise<ImportedModel> {
  const text = await inspect(request, request.path, 'text');
  const search = text.facts.shape.kind === 'search';
  const projector = search
    ? null
    : request.projectorPath === null
      ? await findProjector(request, text)
      : await inspect(request, request.projectorPath, 'projector');
  if (projector !== null) requireMatch(text, projector);

  if (request.copyInto !== null) await requireSpace(request.copyInto.path(), text.bytes + (projector?.bytes ?? 0));
  const total = text.bytes + (projector?.bytes ?? 0);
  const textFile = await hashed(request, text, (done) => request.onHashed(done, total));
  const projectorFile = projector === null ? null : await hashed(request, projector, (done) => request.onHashed(text.bytes + done, total));

  const entry = request.catalogue.models.find((candidate) => filesOf(candidate).some((file) => file.sha256 === textFile.sha256));
  const profile = entry?.profile ?? (text.facts.hasChatTemplate || search ? 'turns' : 'transcript');
  return {
    id: `local-${textFile.sha256.slice(0, 12)}`,
    name: entry?.name ?? (text.facts.name === '' ? basename(text.path, extname(text.path)) : text.facts.name),
    size: text.facts.size,
    quantisation: text.facts.quantisation,
    profile,
    contextLimit: text.facts.contextLimit,
    notes: [...(entry?.notes ?? (profile === 'transcript' ? [pretrainedNote] : [])), ...text.warnings, ...(projector?.warnings ?? [])],
    licence: entry?.licence ?? 'As its author says; Gemma models come under the Gemma Terms of Use',
    text: textFile,
    projector: projectorFile,
    ...(search ? { search } : {}),
  };
}

interface Inspected {
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
  readonly facts: ModelFacts;
  readonly warnings: readonly string[];
}

async function inspect(request: ImportRequest, givenPath: string, wanted: 'text' | 'projector'): Promise<Inspected> {
  const path = await realpath(givenPath).catch((error: unknown) => {
    throw facetError('notFound', { what: 'file', id: givenPath }, error);
  });
  const before = await stat(path);
  if (!before.isFile()) throw facetError('fileUnreadable', { file: givenPath, reason: 'it is not a file' });
  const check = await request.check(path);
  if (!check.ok || check.facts === null) throw facetError('modelInvalid', { file: givenPath, check: check.code, reason: check.message });
  if (check.kind !== wanted && !(wanted === 'text' && check.kind === 'search')) {
    const reason =
      wanted === 'text'
        ? 'This is the vision part of a model. Choose the model file itself; this part is found beside it.'
        : 'This is not the vision part of a Gemma 3 model (its file is usually called mmproj).';
    throw facetError('modelInvalid', { file: givenPath, check: `not-${wanted}`, reason });
  }
  return { path, bytes: before.size, changedAt: before.mtimeMs, facts: check.facts, warnings: check.warnings };
}

/** A projector beside the model that fits it, recognised by content; names only decide which is looked at first. */
async function findProjector(request: ImportRequest, text: Inspected): Promise<Inspected | null> {
  const folder = dirname(text.path);
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.gguf') && name !== basename(text.path));
  const rank = (name: string): number => (/mmproj|vision|projector/i.test(name) ? 0 : 1);
  const candidates = names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b)).slice(0, neighbourLimit);
  for (const name of candidates) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (!facts.isFile()) continue;
    const check = await request.check(path);
    if (!check.ok || check.kind !== 'projector' || check.facts?.embeddingLength !== text.facts.embeddingLength) continue;
    return { path, bytes: facts.size, changedAt: facts.mtimeMs, facts: check.facts, warnings: check.warnings };
  }
  return null;
}

/** @throws FacetError modelInvalid when the projector belongs to another size */
export function requireMatch(text: { readonly facts: ModelFacts }, projector: { readonly path: string; readonly facts: ModelFacts }): void {
  const { embeddingLength: width } = text.facts;
  const { embeddingLength: projected } = projector.facts;
  if (width === projected) return;
  const reason = `This vision part belongs to another size of Gemma 3: it gives ${projected} values a token and the model takes ${width}.`;
  throw facetError('modelInvalid', { file: projector.path, check: 'projector-mismatch', reason });
}

async function hashed(request: ImportRequest, file: Inspected, onHashed: (done: number) => void): Promise<ImportedFile> {
  const { path, bytes, changedAt } = file;
  if (request.copyInto !== null) return copyModelFile(file, request.copyInto, onHashed, request.signal);
  const known = request.known.knownHash({ path, bytes, changedAt });
  if (known !== null) return { path, bytes, changedAt, sha256: known };
  const sha256 = await hashFile(path, onHashed, request.signal);
  const after = await stat(path);
  if (after.size !== bytes || after.mtimeMs !== changedAt) {
    throw facetError('fileUnreadable', { file: path, reason: 'it changed while it was read' });
  }
  return { path, bytes, changedAt, sha256 };
}
