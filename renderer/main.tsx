import { createDesktopOpener } from './client/openDesktopPort.ts';
import { createWebSocketOpener, wireUrl } from './client/openWebSocketPort.ts';
import { startFacet } from './startFacet.tsx';

const bridge = window.facet;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

startFacet(root, {
  openPort: bridge === undefined ? createWebSocketOpener(wireUrl(window.location)) : createDesktopOpener(bridge),
  pathOf: (file) => bridge?.pathOf(file) ?? '',
  storage: window.localStorage,
});
