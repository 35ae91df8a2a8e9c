import { flipFuses } from '@electron/fuses';
import { join } from 'node:path';
import { fuses } from './fuses.js';

/**
 * Burns the fuses into the packed program, before it is signed.
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { executableName } = packager.config.linux ?? {};
  await flipFuses(programPath(appOutDir, electronPlatformName, packager.appInfo.productFilename, executableName ?? 'facet'), {
    ...fuses,
    // Changing the program breaks the signature that macOS on ARM requires of everything.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
  });
}

/**
 * Path of the packed program.
 * @param {string} folder
 * @param {string} platform
 * @param {string} productName
 * @param {string} executableName
 */
export function programPath(folder, platform, productName, executableName) {
  if (platform === 'darwin' || platform === 'mas') return join(folder, `${productName}.app`);
  return join(folder, platform === 'win32' ? `${productName}.exe` : executableName);
}
