import type { SafeStorage } from 'electron';
import type { Sealer } from '../services/secrets/secretStore.ts';

/** The system's keychain. What it cannot open any more (another user, another machine) is as if it were not there. */
export function createSystemSealer(storage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>): Sealer {
  return {
    available: () => storage.isEncryptionAvailable(),
    seal: (text) => storage.encryptString(text).toString('base64'),
    open: (sealed) => {
      try {
        return storage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        return null;
      }
    },
  };
}
