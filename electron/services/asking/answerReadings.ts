import type { FoundBy, ReadingMode } from '../../shared/asking.ts';
import type { DocumentSegment } from '../context/segments.ts';
import type { PagesByDocument } from '../generation/readInputs.ts';
import type { Database } from '../database/openDatabase.ts';

/** How the documents of one question are in the prompt of its answer. */
export interface AnswerReading {
  readonly mode: ReadingMode;
  /** Why this mode; empty when the user chose it. */
  readonly reason: string;
  /** For `relevant`: what is given of each document, with its text, so that later prompts are the same bytes. */
  readonly excerpts: readonly DocumentSegment[];
  /** How the excerpts were found; absent for other modes. */
  readonly foundBy?: FoundBy;
  /** Pages of each document that were read when the answer was begun, where the rest was still being read. */
  readonly until?: PagesByDocument;
}

export const wholeReading: AnswerReading = { mode: 'whole', reason: '', excerpts: [] };

/** The readings of answers by message. An answer without one was given whole documents. */
export interface AnswerReadings {
  get(messageId: string): AnswerReading | null;
  save(messageId: string, reading: AnswerReading): void;
  /** Takes the excerpts of a deleted document out of every reading. */
  forgetDocument(attachmentId: string): void;
}

export function createAnswerReadings(database: Database): AnswerReadings {
  const one = database.prepare<[string], { readonly reading: string }>('SELECT reading FROM answer_readings WHERE message_id = ?');
  const insert = database.prepare<[string, string]>('INSERT OR REPLACE INTO answer_readings (message_id, reading) VALUES (?, ?)');
  const quoting = database.prepare<[string], { readonly message_id: string; readonly reading: string }>(
    'SELECT message_id, reading FROM answer_readings WHERE instr(reading, ?) > 0',
  );
  return {
    get: (messageId) => {
      const row = one.get(messageId);
      return row === undefined ? null : (JSON.parse(row.reading) as AnswerReading);
    },
    save: (messageId, reading) => void insert.run(messageId, JSON.stringify(reading)),
    forgetDocument: (attachmentId) => {
      for (const { message_id: messageId, reading } of quoting.all(JSON.stringify(attachmentId))) {
        const known = JSON.parse(reading) as AnswerReading;
        const excerpts = known.excerpts.filter((excerpt) => excerpt.attachmentId !== attachmentId);
        insert.run(messageId, JSON.stringify({ ...known, excerpts }));
      }
    },
  };
}
