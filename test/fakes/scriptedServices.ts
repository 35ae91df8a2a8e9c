import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Services, createServices } from '../../electron/services/createServices.ts';
import { serveConnection } from '../../electron/services/serveConnection.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import type { Events } from '../../electron/shared/events.ts';
import type { AssistantMessage } from '../../electron/shared/conversations.ts';
import { type RpcClient, createPortPair, createRpcClient } from '../../electron/shared/rpc.ts';
import { projectFolder, scriptedChildren } from './scriptedChildren.ts';

export { projectFolder };

/** The built-in model: always installed, follows turns, sees. */
export const modelId = 'tiny-reader';

export interface ScriptedServices {
  readonly services: Services;
  readonly client: RpcClient<Requests, Events>;
  readonly dataFolder: string;
  /** A new connection to the same services. */
  connect(): RpcClient<Requests, Events>;
  /** Resolves with the answer once it is not being written any more. */
  answered(messageId: string): Promise<AssistantMessage>;
  close(): Promise<void>;
}

export interface ScriptedOptions {
  readonly dataFolder?: string;
  /** Pictures are encoded as soon as they are dropped, as in the app. */
  readonly preparesViews?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** As in ServicesOptions. */
  readonly beatMs?: number;
}

/** The real services with the real reader and the scripted engine, as children over `fork`. */
export async function startScripted({
  dataFolder = newDataFolder(),
  preparesViews = false,
  env = {},
  beatMs,
}: ScriptedOptions = {}): Promise<ScriptedServices> {
  const services = await createServices({
    dataFolder,
    resourcesFolder: projectFolder,
    starter: scriptedChildren(env),
    host: 'headless',
    version: '0.0.0-test',
    pathsAllowed: true,
    preparesViews,
    ...(beatMs === undefined ? {} : { beatMs }),
  });
  const connect = (): RpcClient<Requests, Events> => {
    const [server, client] = createPortPair();
    serveConnection(services, server);
    return createRpcClient<Requests, Events>(client);
  };
  const client = connect();
  return {
    services,
    client,
    dataFolder,
    connect,
    answered: (messageId) =>
      new Promise((resolve) => {
        const stop = client.on('message.changed', ({ message }) => {
          if (message.id !== messageId || message.role !== 'assistant' || message.state.kind === 'generating') return;
          stop();
          resolve(message);
        });
      }),
    close: () => services.close(),
  };
}

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'facet-test-'));
}

export function removeDataFolder(dataFolder: string): void {
  rmSync(dataFolder, { recursive: true, force: true });
}
