import { facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import { gemmaVision, hostOf, type ModelServer, type ServerFacts } from '../../shared/servers.ts';
import type { AppClient } from '../appClient.ts';
import { refuse } from '../arguments/options.ts';
import type { AskValues } from './askOptions.ts';
import type { CommandContext } from './command.ts';

/** Where a server's key is looked for, so that it stands in no list of commands. */
const keyVariable = 'FACET_SERVER_KEY';
/** Context of a server that does not say its own. */
const usualContext = 8192;

/** The model of the server named by `--server`, remembered from now on. @throws FacetError networkFailed, invalidRequest */
export async function chooseServer(app: AppClient, address: string, options: AskValues, context: CommandContext): Promise<Model> {
  const key = context.environment[keyVariable] ?? null;
  const facts = await app.request('server.describe', { address, key }, context.signal);
  const names = facts.models.map(({ name }) => name).join(', ');
  const found = facts.models.find(({ name }) => name === options.model) ?? (options.model === null ? facts.models[0] : undefined);
  if (names === '') throw facetError('networkFailed', { host: hostOf(facts.address), reason: 'it offers no model; load one there first' });
  if (found === undefined) refuse('--model', `names none of the server’s models: ${names}`);
  if (options.model === null && facts.models.length > 1) refuse('--server', `offers several models; choose one with --model: ${names}`);
  const contextTokens = Math.min(131_072, Math.max(512, options.context ?? found.contextTokens ?? usualContext));
  const server = { address: facts.address, model: found.name, contextTokens, vision: visionOf(options['view-side'], facts) };
  return app.request('server.save', { server, key });
}

function visionOf(side: number | null, { sees }: ServerFacts): ModelServer['vision'] {
  if (side === 0 || (side === null && sees === false)) return null;
  return { ...gemmaVision, ...(side === null ? {} : { side }) };
}
