import { readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';

/** What the bytes of a partial download belong to. */
export interface JournalHead {
  readonly url: string;
  readonly bytes: number;
  readonly pieceBytes: number;
}

/** How far one piece is: its first bytes, or all of them with their sha256. */
export interface PieceState {
  readonly received: number;
  readonly sha256: string | null;
}

export interface JournalContent {
  readonly head: JournalHead;
  /** Strong ETag of the server's file; null when it sent none. */
  readonly etag: string | null;
  /** By piece; what is not here has not been begun. */
  readonly pieces: ReadonlyMap<number, PieceState>;
}

/** Grows by a line for each step, so that a process may die at any byte of it. */
export interface DownloadJournal {
  note(piece: number, state: PieceState): Promise<void>;
  noteEtag(etag: string | null): Promise<void>;
  close(): Promise<void>;
}

/** What is known of a partial download; null when there is no journal or its head is damaged. A line that was cut off ends it. */
export function readJournal(path: string): JournalContent | null {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return null;
  }
  const head = parseHead(lines[0] ?? '');
  if (head === null) return null;
  const pieces = new Map<number, PieceState>();
  let etag: string | null = null;
  // What follows the last line break was not written to its end.
  for (const line of lines.slice(1, -1)) {
    const step = parseStep(line);
    if (step === null) break;
    if ('etag' in step) etag = step.etag;
    else if (step.received === 0) pieces.delete(step.piece);
    else pieces.set(step.piece, { received: step.received, sha256: step.sha256 });
  }
  return { head, etag, pieces };
}

/** Bytes held by a partial download, as far as its journal says; 0 without one. */
export function journalledBytes(path: string): number {
  const content = readJournal(path);
  return content === null ? 0 : [...content.pieces.values()].reduce((total, { received }) => total + received, 0);
}

/** Begins a journal with what is known, in the place of any other. @throws the file system's error */
export async function openJournal(path: string, { head, etag, pieces }: JournalContent): Promise<DownloadJournal> {
  const lines = [JSON.stringify(head), JSON.stringify({ etag }), ...[...pieces].map(([piece, state]) => stepLine(piece, state))];
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  const file = await open(path, 'a', 0o600);
  return {
    note: async (piece, state) => {
      await file.appendFile(`${stepLine(piece, state)}\n`);
    },
    noteEtag: async (next) => {
      await file.appendFile(`${JSON.stringify({ etag: next })}\n`);
    },
    close: () => file.close(),
  };
}

function stepLine(piece: number, { received, sha256 }: PieceState): string {
  return JSON.stringify(sha256 === null ? { piece, received } : { piece, received, sha256 });
}

function parseHead(line: string): JournalHead | null {
  const data = parseObject(line);
  if (data === null) return null;
  const { url, bytes, pieceBytes } = data;
  if (typeof url !== 'string' || !isCount(bytes) || !isCount(pieceBytes) || pieceBytes === 0) return null;
  return { url, bytes, pieceBytes };
}

function parseStep(line: string): ({ readonly piece: number } & PieceState) | { readonly etag: string | null } | null {
  const data = parseObject(line);
  if (data !== null && 'etag' in data) return { etag: typeof data['etag'] === 'string' ? data['etag'] : null };
  if (data === null || !isCount(data['piece']) || !isCount(data['received'])) return null;
  const { piece, received, sha256 } = data;
  return { piece, received, sha256: typeof sha256 === 'string' ? sha256 : null };
}

function parseObject(line: string): Partial<Record<string, unknown>> | null {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null ? data : null;
  } catch {
    return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
