import type { Database } from 'better-sqlite3';
import { statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { ModelSize, PromptProfile } from '../../shared/models.ts';

/** A file taken in place, as it was when it was hashed. */
export interface ImportedFile {
  readonly path: string;
  readonly bytes: number;
  /** Modification time in milliseconds. */
  readonly changedAt: number;
  readonly sha256: string;
}

export interface ImportedModel {
  readonly id: string;
  readonly name: string;
  readonly size: ModelSize;
  readonly quantisation: string;
  readonly profile: PromptProfile;
  readonly contextLimit: number;
  readonly notes: readonly string[];
  readonly licence: string;
  readonly text: ImportedFile;
  readonly projector: ImportedFile | null;
  /** As in `Model`. */
  readonly search?: true;
}

interface Row {
  id: string;
  name: string;
  size: string;
  quantisation: string;
  profile: string;
  context_limit: number;
  notes: string;
  licence: string;
  text_path: string;
  text_bytes: number;
  text_changed_at: number;
  text_sha256: string;
  projector_path: string | null;
  projector_bytes: number | null;
  projector_changed_at: number | null;
  projector_sha256: string | null;
  search: number;
}

export interface ImportedModels {
  /** By name. */
  list(): readonly ImportedModel[];
  save(model: ImportedModel): void;
  /** Files below the folder `from` lie below `to` now, under the same names. */
  moveFolder(from: string, to: string): void;
  /** False when there was none. */
  remove(id: string): boolean;
  /** The hash of a file that was hashed before and has neither been resized nor touched since. */
  knownHash(file: Omit<ImportedFile, 'sha256'>): string | null;
}

/** The models that were taken in place, kept in the database that all processes of one data folder share. */
export function createImportedModels(database: Database): ImportedModels {
  const all = database.prepare<[], Row>('SELECT * FROM imported_models ORDER BY name, id');
  const insert = database.prepare(`
    INSERT OR REPLACE INTO imported_models VALUES (
      @id, @name, @size, @quantisation, @profile, @contextLimit, @notes, @licence, @textPath, @textBytes, @textChangedAt, @textSha256,
      @projectorPath, @projectorBytes, @projectorChangedAt, @projectorSha256, @search
    )`);
  const drop = database.prepare('DELETE FROM imported_models WHERE id = ?');
  const list = (): ImportedModel[] => all.all().map(fromRow);
  const save = ({ text, projector, notes, search, ...model }: ImportedModel): void => {
    insert.run({
      ...model,
      notes: JSON.stringify(notes),
      textPath: text.path,
      textBytes: text.bytes,
      textChangedAt: text.changedAt,
      textSha256: text.sha256,
      projectorPath: projector?.path ?? null,
      projectorBytes: projector?.bytes ?? null,
      projectorChangedAt: projector?.changedAt ?? null,
      projectorSha256: projector?.sha256 ?? null,
      search: search === true ? 1 : 0,
    });
  };
  return {
    list,
    save,
    moveFolder(from, to) {
      const moved = (file: ImportedFile): ImportedFile => {
        const name = relative(from, file.path);
        if (name.startsWith('..') || isAbsolute(name)) return file;
        const path = join(to, name);
        return { ...file, path, changedAt: statSync(path).mtimeMs };
      };
      for (const model of list())
        save({ ...model, text: moved(model.text), projector: model.projector === null ? null : moved(model.projector) });
    },
    remove: (id) => drop.run(id).changes > 0,
    knownHash(file) {
      const files = list().flatMap((model) => (model.projector === null ? [model.text] : [model.text, model.projector]));
      return (
        files.find((known) => known.path === file.path && known.bytes === file.bytes && known.changedAt === file.changedAt)?.sha256 ?? null
      );
    },
  };
}

function fromRow(row: Row): ImportedModel {
  const { projector_path: path, projector_bytes: bytes, projector_changed_at: changedAt, projector_sha256: sha256 } = row;
  return {
    id: row.id,
    name: row.name,
    size: row.size as ModelSize,
    quantisation: row.quantisation,
    profile: row.profile as PromptProfile,
    contextLimit: row.context_limit,
    notes: JSON.parse(row.notes) as string[],
    licence: row.licence,
    text: { path: row.text_path, bytes: row.text_bytes, changedAt: row.text_changed_at, sha256: row.text_sha256 },
    projector: path === null || bytes === null || changedAt === null || sha256 === null ? null : { path, bytes, changedAt, sha256 },
    ...(row.search === 1 ? { search: true } : {}),
  };
}
