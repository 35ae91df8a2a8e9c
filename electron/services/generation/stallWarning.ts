import { type EngineState, isStalled } from '../../shared/models.ts';
import type { ModelHost } from './modelHost.ts';
import type { WrittenAnswer } from './answerJob.ts';

/** Of an answer that came all the same. */
export const stallWarning = 'The engine stood still for a minute or longer while it worked on this answer.';

/** The answer, with a warning when the engine stood still while it was written. */
export async function withStallWarning(host: Pick<ModelHost, 'onState'>, write: () => Promise<WrittenAnswer>): Promise<WrittenAnswer> {
  const stalls: EngineState[] = [];
  const stop = host.onState((state) => {
    if (isStalled(state)) stalls.push(state);
  });
  try {
    const { receipt, tokens } = await write();
    return { receipt: stalls.length > 0 ? { ...receipt, warnings: [...receipt.warnings, stallWarning] } : receipt, tokens };
  } finally {
    stop();
  }
}
