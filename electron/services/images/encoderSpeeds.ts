import type { Database } from '../database/openDatabase.ts';
import { storageError } from '../database/storageError.ts';

/** Measurements kept for each encoder; the middle one counts, so that one busy moment does not. */
const keptMeasurements = 9;

/** What encodes: the same projector is another encoder on another backend. */
export interface Encoder {
  readonly projectorSha256: string;
  readonly backend: string;
  /** Of a view, in pixels. */
  readonly side: number;
}

/** What encoding one view takes on this machine, remembered between starts. */
export interface EncoderSpeeds {
  /** `ms` without reading the encoder's weights. @throws FacetError diskFailed */
  record(encoder: Encoder, ms: number): void;
  /** Milliseconds for one view; null when it was never measured. */
  viewMs(encoder: Encoder): number | null;
  /** The same by the encoder of this side that was measured last, on any backend; of any side, or of any projector, where null is given. */
  newestViewMs(side: number | null, projectorSha256: string | null): number | null;
}

export function createEncoderSpeeds(database: Database): EncoderSpeeds {
  interface Row {
    readonly view_ms: string;
  }
  const one = database.prepare<[string, string, number], Row>(
    'SELECT view_ms FROM encoder_speeds WHERE projector_sha256 = ? AND backend = ? AND side = ?',
  );
  const newest = database.prepare<[number | null, number | null, string | null, string | null], Row>(
    `SELECT view_ms FROM encoder_speeds WHERE (? IS NULL OR side = ?) AND (? IS NULL OR projector_sha256 = ?) ORDER BY measured_at DESC LIMIT 1`,
  );
  const insert = database.prepare(
    'INSERT OR REPLACE INTO encoder_speeds (projector_sha256, backend, side, view_ms, measured_at) VALUES (?, ?, ?, ?, ?)',
  );
  const measurements = ({ projectorSha256, backend, side }: Encoder): readonly number[] =>
    parse(one.get(projectorSha256, backend, side)?.view_ms);
  return {
    record: (encoder, ms) => {
      const kept = [...measurements(encoder), ms].slice(-keptMeasurements);
      try {
        insert.run(encoder.projectorSha256, encoder.backend, encoder.side, JSON.stringify(kept), Date.now());
      } catch (error) {
        throw storageError(error, database.name);
      }
    },
    viewMs: (encoder) => middle(measurements(encoder)),
    newestViewMs: (side, projectorSha256) => middle(parse(newest.get(side, side, projectorSha256, projectorSha256)?.view_ms)),
  };
}

function parse(json: string | undefined): readonly number[] {
  return json === undefined ? [] : (JSON.parse(json) as readonly number[]);
}

function middle(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
