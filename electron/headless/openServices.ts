import type { ChildStarter } from '../children/childStarter.ts';
import { createSupervisor, type Supervisor } from '../children/supervisor.ts';
import { createEngineClient, type EngineClient } from '../engine/engineClient.ts';
import { createReaderClient, type ReaderClient } from '../reader/readerClient.ts';
import { createServices, type Services } from '../services/createServices.ts';
import { dataFolder } from '../services/dataFolder.ts';
import { serveConnection } from '../services/serveConnection.ts';
import { createPortPair, type Port } from '../shared/rpc.ts';
import { type AppClient, createAppClient } from './appClient.ts';

export interface ServicesFacts {
  /** Holds `native/out` and `assets`. */
  readonly resourcesFolder: string;
  readonly version: string;
  /** `fork` under plain Node, `utilityProcess` in the packaged app. */
  readonly starter: ChildStarter;
  /** For tests: as in ServicesOptions. */
  readonly beatMs?: number;
}

/** Opens Facet's services when the first command needs them; they live until `close`. */
export interface OpenServices {
  /** This process's own client, over a pair of ports in memory. */
  readonly openApp: (folder: string | null) => Promise<AppClient>;
  /** Serves ports that come from outside; they may not name files by path. */
  readonly openWire: (folder: string | null) => Promise<(port: Port) => void>;
  readonly openReader: () => ReaderClient;
  readonly openEngine: () => EngineClient;
  /** @param patienceMs as for Services.close */
  close(patienceMs?: number): Promise<void>;
}

export function openServices({ resourcesFolder, version, starter, beatMs }: ServicesFacts): OpenServices {
  const opened: Services[] = [];
  const children: Supervisor[] = [];
  const open = async (folder: string | null, pathsAllowed: boolean): Promise<Services> => {
    const services = await createServices({
      dataFolder: dataFolder(folder),
      resourcesFolder,
      starter,
      host: 'headless',
      version,
      pathsAllowed,
      ...(beatMs === undefined ? {} : { beatMs }),
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
      children.push(supervisor);
      return createReaderClient({ supervisor });
    },
    openEngine() {
      const supervisor = createSupervisor({ name: 'engine', starter });
      children.push(supervisor);
      return createEngineClient({ supervisor });
    },
    async close(patienceMs) {
      await Promise.all([
        ...children.splice(0).map((supervisor) => supervisor.stop()),
        ...opened.splice(0).map((services) => services.close(patienceMs)),
      ]);
    },
  };
}
