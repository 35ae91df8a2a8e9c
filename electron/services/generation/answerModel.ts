import type { SendOptions } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import type { Settings } from '../../shared/settings.ts';
import { answerRoom, type Room } from '../context/usage.ts';
import type { GenerationParts } from './generationParts.ts';
import type { ActiveModel } from './modelHost.ts';

/** The model that answers next. @throws FacetError modelMissing */
export function wantedModel({ host, models }: GenerationParts): Model {
  const wish = host.wanted();
  const model = wish === null ? undefined : models.list().find(({ id }) => id === wish.id);
  if (model === undefined) throw facetError('modelMissing', { model: wish?.id ?? '' });
  return model;
}

/**
 * The model that answers next in this conversation.
 * @throws FacetError modelMissing; leavesMachine when it runs on a server that this conversation may not be sent to
 */
export function modelFor(conversationId: string, parts: GenerationParts): Model {
  const model = wantedModel(parts);
  if (model.server?.nearby === false && !parts.servers.allows(conversationId, model.id))
    throw facetError('leavesMachine', { conversation: conversationId, model: model.id, host: model.server.host });
  return model;
}

/** The room in the context for this answer. */
export function roomFor(active: ActiveModel, settings: Settings, options: SendOptions): Room {
  const { contextTokens, contextLimit } = active.loaded;
  return { contextTokens, contextLimit, answerRoom: answerRoom(options.maxTokens ?? settings.maxTokens, contextTokens) };
}
