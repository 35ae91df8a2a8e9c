import { join } from 'node:path';
import { createForkStarter } from '../children/forkStarter.ts';
import { createSupervisor, type Supervisor } from '../children/supervisor.ts';
import { createReaderClient, type ReaderClient } from '../reader/readerClient.ts';
import { createServices, type Services } from '../services/createServices.ts';
import { dataFolder } from '../services/dataFolder.ts';
import { serveConnection } from '../services/serveConnection.ts';
import { createPortPair, type Port } from '../shared/rpc.ts';
import { type AppClient, createAppClient } from './appClient.ts';

export interface ServicesFacts {
  readonly resourcesFolder: string;
  /** `dist`, or the checkout when the sources run as they are. */
  readonly codeFolder: string;
  readonly isBundled: boolean;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Opens Facet's services when the first command needs them; they live until `close`. */
export interface OpenServices {
  /** This process's own client, over a pair of ports in memory. */
  readonly openApp: (folder: string | null) => Promise<AppClient>;
  /** Serves ports that come from outside; they may not name files by path. */
  readonly openWire: (folder: string | null) => Promise<(port: Port) => void>;
  readonly openReader: () => ReaderClient;
  close(): Promise<void>;
}

export function openServices(facts: ServicesFacts): OpenServices {
  const opened: Services[] = [];
  const readers: Supervisor[] = [];
  const starter = createForkStarter({ entries: childEntries(facts), env: { FACET_RESOURCES: facts.resourcesFolder } });
  const open = async (folder: string | null, pathsAllowed: boolean): Promise<Services> => {
    const services = await createServices({
      dataFolder: dataFolder(folder),
      resourcesFolder: facts.resourcesFolder,
      starter,
      host: 'headless',
      version: facts.version,
      pathsAllowed,
    });
    opened.push(services);
    return services;
  };
  return {
    async openApp(folder) {
      const services = await open(folder, true);
      const [near, far] = createPortPair();
      serveConnection(services, far);
      return createAppClient(near);
    },
    async openWire(folder) {
      const services = await open(folder, false);
      return (port) => {
        serveConnection(services, port);
      };
    },
    openReader() {
      const supervisor = createSupervisor({ name: 'reader', starter });
      readers.push(supervisor);
      return createReaderClient({ supervisor });
    },
    async close() {
      for (const supervisor of readers.splice(0)) await supervisor.stop();
      for (const services of opened.splice(0)) await services.close();
    },
  };
}

function childEntries({ codeFolder, isBundled, environment }: ServicesFacts): { readonly engine: string; readonly reader: string } {
  const entry = (name: 'engine' | 'reader'): string =>
    isBundled ? join(codeFolder, `${name}.js`) : join(codeFolder, 'electron', name, `${name}Main.ts`);
  // Tests put a scripted engine in the place of the real one.
  return { engine: environment['FACET_TEST_ENGINE'] ?? entry('engine'), reader: entry('reader') };
}
