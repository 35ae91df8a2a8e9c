import type { Database } from '../database/openDatabase.ts';

/** An answer as the model produced it, beside the trimmed text that people see. */
export interface AnswerTokens {
  /** Of the model that wrote it; its ids mean nothing to another. */
  readonly modelSha256: string;
  /** Untrimmed; what a continuation goes on from. */
  readonly rawText: string;
  /** Exact ids of `rawText`, so that its state is found again; null when they were lost with the engine. */
  readonly ids: readonly number[] | null;
}

export interface AnswerTokenStore {
  get(messageId: string): AnswerTokens | null;
  save(messageId: string, tokens: AnswerTokens): void;
}

interface Row {
  readonly model_sha256: string;
  readonly raw_text: string;
  readonly ids: Buffer | null;
}

export function createAnswerTokenStore(database: Database): AnswerTokenStore {
  const get = database.prepare<[string], Row>('SELECT model_sha256, raw_text, ids FROM answer_tokens WHERE message_id = ?');
  const save = database.prepare<[string, string, string, Uint8Array | null]>(
    `INSERT INTO answer_tokens (message_id, model_sha256, raw_text, ids) VALUES (?, ?, ?, ?)
     ON CONFLICT (message_id) DO UPDATE SET model_sha256 = excluded.model_sha256, raw_text = excluded.raw_text, ids = excluded.ids`,
  );
  return {
    get: (messageId) => {
      const row = get.get(messageId);
      if (row === undefined) return null;
      return { modelSha256: row.model_sha256, rawText: row.raw_text, ids: row.ids === null ? null : unpackIds(row.ids) };
    },
    save: (messageId, { modelSha256, rawText, ids }) => void save.run(messageId, modelSha256, rawText, ids === null ? null : packIds(ids)),
  };
}

/** Four bytes each, little-endian. */
function packIds(ids: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(ids.length * 4);
  ids.forEach((id, index) => bytes.writeUInt32LE(id, index * 4));
  return bytes;
}

function unpackIds(bytes: Buffer): readonly number[] {
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));
}
