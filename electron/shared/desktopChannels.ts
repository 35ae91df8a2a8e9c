/** The two messages of raw IPC under Electron, known to main/ipcTransport.ts and preload/preload.ts alone. */
export const connectChannel = 'facet:connect';
export const portChannel = 'facet:port';
