import type { Sealer } from '../services/secrets/secretStore.ts';

/** What of Electron's `safeStorage` is used. Its newer calls answer later, and a key is wanted at once. */
export interface SystemSafe {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/** The system's keychain. What it cannot open any more (another user, another machine) is as if it were not there. */
export function createSystemSealer(storage: SystemSafe): Sealer {
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
