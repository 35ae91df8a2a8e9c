import { facetError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { isLoopback } from '../remote/serverAddress.ts';

/**
 * Asked before any connection is made. Without an address, one to the outside is meant.
 * @throws FacetError networkFailed when Facet is set to stay offline and the address is not of this machine
 */
export type NetworkGuard = (address?: URL) => void;

export function createNetworkGuard(settings: () => Settings): NetworkGuard {
  return (address) => {
    if (!settings().offline || (address !== undefined && isLoopback(address.hostname))) return;
    throw facetError('networkFailed', { host: address?.host ?? 'The network', reason: 'Facet is set to stay offline' });
  };
}
