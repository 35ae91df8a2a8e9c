import type { Port } from '../../electron/shared/rpc.ts';

/** Opens one connection to the host. Rejects when the host cannot be reached; each call makes a new port. */
export type OpenPort = () => Promise<Port>;
