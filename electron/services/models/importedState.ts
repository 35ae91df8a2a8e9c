import { statSync } from 'node:fs';
import { facetError } from '../../shared/errors.ts';
import type { Model, ModelState } from '../../shared/models.ts';
import type { ImportedFile, ImportedModel } from '../database/importedModels.ts';

/** An imported model as it is now: its files may have been moved or changed since. */
export function describeImported(model: ImportedModel): Model {
  const { text, projector, ...facts } = model;
  const files = projector === null ? [text] : [text, projector];
  const faults = files.map(faultOf).filter((state) => state !== null);
  return {
    ...facts,
    text: { path: text.path, bytes: text.bytes, sha256: text.sha256 },
    projector: projector === null ? null : { path: projector.path, bytes: projector.bytes, sha256: projector.sha256 },
    builtIn: false,
    state: faults[0] ?? { kind: 'installed' },
  };
}

function faultOf(file: ImportedFile): ModelState | null {
  let facts;
  try {
    facts = statSync(file.path);
  } catch (error) {
    return { kind: 'failed', error: facetError('notFound', { what: 'file', id: file.path }, error).data };
  }
  if (facts.size === file.bytes && facts.mtimeMs === file.changedAt) return null;
  return {
    kind: 'failed',
    error: { code: 'fileUnreadable', details: { file: file.path, reason: 'it changed since it was added; add it again' } },
  };
}
