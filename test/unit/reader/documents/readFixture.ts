import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDocument } from '../../../../electron/reader/documents/readDocument.ts';
import type { ReadDocument } from '../../../../electron/reader/readerContract.ts';
import type { DocumentTable } from '../../../../electron/shared/documents.ts';
import { FacetError, type ErrorData } from '../../../../electron/shared/errors.ts';

export const fixtureFolder = path.join(import.meta.dirname, '../../../fixtures/documents');

/** Reads a file with a recogniser that must not be needed. */
export function readFile(file: string, signal = new AbortController().signal): Promise<ReadDocument> {
  const recognizer = { recognize: () => Promise.reject(new Error('no picture was expected')) };
  return readDocument({ path: file, name: path.basename(file) }, { password: null, signal, recognizer, onPage: () => undefined });
}

/** Reads bytes under a name. */
export async function readBytes(name: string, bytes: string | Uint8Array): Promise<ReadDocument> {
  const folder = mkdtempSync(path.join(tmpdir(), 'facet-document-'));
  try {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return await readFile(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Why a reading was refused. */
export async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof FacetError)) throw new Error(`not refused properly: ${String(outcome)}`);
  return outcome.data;
}

/** Values of a table's cells. */
export function valuesOf(table: Pick<DocumentTable, 'rows'> | undefined): readonly (readonly (string | number | boolean | null)[])[] {
  return table?.rows.map((row) => row.map(({ value }) => value)) ?? [];
}
