import { join } from 'node:path';
import { readStaticFiles } from '../../electron/headless/server/staticFiles.ts';
import { startServer } from '../../electron/headless/server/startServer.ts';
import { createServices } from '../../electron/services/createServices.ts';
import { serveConnection } from '../../electron/services/serveConnection.ts';
import { projectFolder, scriptedChildren } from './scriptedChildren.ts';

// `serve` as scriptedFacet.ts does it, but for a page that may name files by path, as the desktop app's may. For dialogs that no browser shows.
const dataFolder = process.argv.at(-1) ?? '';
const services = await createServices({
  dataFolder,
  resourcesFolder: projectFolder,
  starter: scriptedChildren(),
  host: 'headless',
  version: '0.0.0-test',
  pathsAllowed: true,
  loadAtStart: true,
});
const server = await startServer({
  port: 0,
  files: await readStaticFiles(join(projectFolder, 'dist', 'renderer')),
  connect: (port) => serveConnection(services, port),
});
process.once('SIGTERM', () => {
  void server.close().then(() => services.close());
});
process.stdout.write(`${JSON.stringify({ url: server.createLink(), port: server.port })}\n`);
