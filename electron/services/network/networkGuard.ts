import { facetError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { isLoopback } from '../remote/serverAddress.ts';

/**
 * Asked before any connection is made: to an address, or to a place outside by its name.
 * @throws FacetError networkFailed when Facet is set to stay offline and the address is not of this machine
 */
export type NetworkGuard = (where?: URL | string) => void;

export function createNetworkGuard(settings: () => Pick<Settings, 'offline'>): NetworkGuard {
  return (where = 'The network') => {
    if (!settings().offline || (where instanceof URL && isLoopback(where.hostname))) return;
    throw facetError('networkFailed', { host: where instanceof URL ? where.host : where, reason: 'Facet is set to stay offline' });
  };
}
