import type { DownloadSetup } from '../../../shared/downloads.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { SecretStore } from '../../secrets/secretStore.ts';
import type { WebAccess } from './fetchFromWeb.ts';
import { defaultHub } from './hubAddress.ts';
import { createThrottle } from './throttle.ts';

/** The hub's token under its name among the secrets, and in the environment. */
const secretName = 'hub-token';
const tokenVariable = 'FACET_HUB_TOKEN';

export interface DownloadAccess {
  /** As the settings, the secrets and the environment say at the moment. */
  readonly web: Pick<WebAccess, 'throttle' | 'proxy' | 'token'>;
  /** Megabytes a second, in place of the setting for as long as this process runs. */
  limitTo(megabytes: number): void;
  describe(): DownloadSetup;
  /** Null forgets it. @throws FacetError diskFailed */
  keepToken(token: string | null): void;
}

export interface DownloadAccessOptions {
  readonly settings: () => Pick<Settings, 'downloadMegabytes' | 'proxy'>;
  readonly secrets: SecretStore;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The only host that gets the token. */
  readonly hub?: string;
}

/** How downloads go out: how quickly, through which proxy, and with what token for the hub. */
export function createDownloadAccess({ settings, secrets, environment, hub = defaultHub }: DownloadAccessOptions): DownloadAccess {
  let ownLimit: number | null = null;
  const bytesPerSecond = (): number | null => {
    const megabytes = ownLimit ?? settings().downloadMegabytes;
    return megabytes === 0 ? null : megabytes * 1_000_000;
  };
  const given = (): string | null => usable(environment[tokenVariable]);
  const proxyFromSettings = (): string | null => usable(settings().proxy);
  const proxyFromVariable = (): string | null => usable(environment['HTTPS_PROXY']) ?? usable(environment['https_proxy']);
  return {
    web: {
      throttle: createThrottle(bytesPerSecond),
      proxy: proxyFromSettings,
      token: () => {
        const value = given() ?? secrets.get(secretName);
        return value === null ? null : { origin: hub, value };
      },
    },
    limitTo: (megabytes) => void (ownLimit = megabytes),
    describe: () => {
      const [chosen, inherited] = [proxyFromSettings(), proxyFromVariable()];
      const address = chosen ?? inherited;
      return {
        token: given() !== null ? 'variable' : secrets.get(secretName) === null ? 'none' : 'kept',
        keychain: secrets.isSealed(),
        proxy: address === null ? null : { address: withoutPassword(address), from: chosen === null ? 'variable' : 'settings' },
      };
    },
    keepToken: (token) => secrets.set(secretName, token),
  };
}

function usable(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** For people's eyes. */
function withoutPassword(address: string): string {
  const url = URL.parse(address);
  return url === null ? address.slice(0, 200) : `${url.protocol}//${url.host}`;
}
