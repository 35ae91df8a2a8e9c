import { expect, test } from 'vitest';
import { createSystemSealer } from '../../../electron/main/systemSealer.ts';

test('keys go through the system’s safe, and what it refuses to open is none', () => {
  const sealer = createSystemSealer({
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from(`safe:${text}`),
    decryptString: (bytes) => {
      const text = bytes.toString();
      if (!text.startsWith('safe:')) throw new Error('sealed by somebody else');
      return text.slice(5);
    },
  });
  expect(sealer.available()).toBe(true);
  expect(sealer.open(sealer.seal('wörd'))).toBe('wörd');
  expect(sealer.open(Buffer.from('other').toString('base64'))).toBeNull();
});
