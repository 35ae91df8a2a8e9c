import { startFacet } from '../../../renderer/startFacet.tsx';
import { createFakeHost } from '../fakeHost.ts';
import { scene } from './scenes.ts';

const query = new URLSearchParams(window.location.search);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const { options, open, overlay } = scene(query.get('scene') ?? 'chat', theme);
window.localStorage.clear();
const host = createFakeHost(options);
const facet = startFacet(root, { openPort: () => host.openPort(), pathOf: () => '', storage: window.localStorage });
Object.assign(window, { fakeHost: host, fakeFacet: facet });
if (overlay !== 'none') facet.view.show(overlay);
if (open !== null) {
  const stop = facet.stores.app.subscribe((slice) => {
    if (slice.app === null) return;
    stop();
    void facet.chat.open(open);
  });
}
