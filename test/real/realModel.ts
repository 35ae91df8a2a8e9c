import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LoadParams, PromptPart } from '../../electron/engine/engineContract.ts';
import { control, loadParams, text } from '../native/nativeEngine.ts';

/** Where `facet models get starter` puts the file, unless FACET_REAL_MODEL names one. */
const fileName = 'gemma-3-270m-q4_k_m.gguf';

/** Path of the pretrained 270M. @throws Error that says how to get it: a skipped suite would pass without having tested anything. */
export function realModelPath(): string {
  const dataFolder = process.env['FACET_DATA'] ?? join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'facet');
  const candidates = [process.env['FACET_REAL_MODEL'], join(dataFolder, 'models', fileName)].filter((path) => path !== undefined);
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`No model in ${candidates.join(' or ')}. Get it with: npm run -s facet -- models get starter`);
  return found;
}

export const realLoad = (change: Partial<LoadParams> = {}): LoadParams =>
  loadParams({ textPath: realModelPath(), projectorPath: null, contextTokens: 4096, threads: 0, ...change });

/** The form that the pretrained checkpoint goes on with. */
export const transcript = (question: string): readonly PromptPart[] => [control('User: '), text(question), control('\nAssistant:')];
