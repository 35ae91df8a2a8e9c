import type { Model } from '../../shared/models.ts';
import type { Database } from '../database/openDatabase.ts';
import { type EncoderSpeeds, createEncoderSpeeds } from '../images/encoderSpeeds.ts';
import { type RunSpeeds, createRunSpeeds } from './runSpeeds.ts';
import { type SpeedBook, createSpeedBook } from './speedBook.ts';
import { createSpeedStore } from './speedStore.ts';

/** What was measured on this machine, and what follows from it. */
export interface Speeds {
  readonly encoder: EncoderSpeeds;
  readonly runs: RunSpeeds;
  readonly book: SpeedBook;
}

export function createSpeeds(database: Database, models: () => readonly Model[]): Speeds {
  const store = createSpeedStore(database);
  const encoder = createEncoderSpeeds(database);
  return { encoder, runs: createRunSpeeds(store), book: createSpeedBook({ store, encoderSpeeds: encoder, models }) };
}
