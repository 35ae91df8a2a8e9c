import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import type { SettingsService } from '../settings/createSettingsService.ts';
import type { AnswerQueue } from './answerQueue.ts';
import type { ModelHost } from './modelHost.ts';

export interface ModelHandlers {
  readonly handlers: Pick<RequestHandlers<Requests>, 'model.load' | 'model.unload' | 'engine.restart'>;
  /** Takes this model out of the engine, if it is there. @throws FacetError busy while it answers */
  unload(modelId: string): Promise<void>;
}

/** Loading and unloading by the user's hand. A load without overrides is a choice, and is remembered for the next start. */
export function createModelHandlers(parts: {
  readonly host: ModelHost;
  readonly queue: Pick<AnswerQueue, 'isBusy'>;
  readonly settings: SettingsService;
}): ModelHandlers {
  const { host, queue, settings } = parts;
  const requireIdle = (): void => {
    if (queue.isBusy()) throw facetError('busy', { what: 'the model' });
  };
  return {
    handlers: {
      'model.load': async ({ id, overrides }, signal) => {
        requireIdle();
        host.want(id, overrides ?? {});
        await host.ensure({ signal, vocabularyOnly: overrides?.vocabularyOnly ?? false });
        if (overrides === undefined && settings.current().modelId !== id) settings.update({ modelId: id });
        return host.state();
      },
      'model.unload': async () => {
        requireIdle();
        await host.unload();
        return {};
      },
      'engine.restart': () => {
        host.restart();
        return {};
      },
    },
    unload: async (modelId) => {
      if (host.active()?.model.id !== modelId) return;
      requireIdle();
      await host.unload();
    },
  };
}
