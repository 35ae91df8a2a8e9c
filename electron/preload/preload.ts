import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { connectChannel, portChannel } from '../shared/desktopChannels.ts';

// The page gets its port as a message of the window to itself: ports cannot cross the bridge.
ipcRenderer.on(portChannel, (event) => window.postMessage('facet:port', window.location.origin, [...event.ports]));

// Everything the page has beyond the web. It grows by nothing: requests travel on the port.
contextBridge.exposeInMainWorld('facet', {
  /** Asks the host for a connection; see renderer/client/openDesktopPort.ts. */
  connect: (): void => ipcRenderer.send(connectChannel),
  /** Path of a dropped or picked file; empty for one that is not on disk. */
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
