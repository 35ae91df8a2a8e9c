import { useState } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { gemmaVision, type ServerFacts } from '../../../electron/shared/servers.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';

/** Context of a server that does not say its own. */
const usualContext = 8192;

export interface AddServer {
  readonly facts: ServerFacts | null;
  readonly busy: boolean;
  /** What went wrong; empty for nothing. */
  readonly problem: string;
  /** Asks the server what it runs. */
  readonly look: (address: string, key: string) => Promise<void>;
  /** Adds one of its models; true when that was done. */
  readonly add: (model: string, sees: boolean, key: string) => Promise<boolean>;
  readonly forget: () => void;
}

/** Naming a server: first it is asked what it runs, then one of its models is taken. */
export function useAddServer(): AddServer {
  const { client } = useFacet();
  const [facts, setFacts] = useState<ServerFacts | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem('');
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(sentence(toErrorData(error)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    facts,
    busy,
    problem,
    look: async (address, key) => {
      setFacts(null);
      await attempt(async () => setFacts(await client.request('server.describe', { address, key: key === '' ? null : key })));
    },
    add: (model, sees, key) =>
      attempt(async () => {
        if (facts === null) return;
        const told = facts.models.find(({ name }) => name === model)?.contextTokens ?? usualContext;
        const contextTokens = Math.min(131_072, Math.max(512, told));
        const server = { address: facts.address, model, contextTokens, vision: sees ? gemmaVision : null };
        await client.request('server.save', { server, key: key === '' ? null : key });
        setFacts(null);
      }),
    forget: () => setFacts(null),
  };
}
