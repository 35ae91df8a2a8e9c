import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import { afterPack, programPath } from '../../../build/afterPack.js';
import configuration from '../../../electron-builder.config.js';

const root = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
// electron-builder's own check, which it runs first when it packs.
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration(configuration: Configuration, log: { isEnabled: boolean; add(): void }): Promise<void>;
};
const validate = (candidate: object): Promise<void> =>
  validateConfiguration(structuredCloneKeepingHooks(candidate), { isEnabled: false, add: () => undefined });

/** The check may change what it is given. */
function structuredCloneKeepingHooks(candidate: object): Configuration {
  const { afterPack: hook, ...plain } = candidate as Configuration;
  return { ...structuredClone(plain), ...(hook === undefined ? {} : { afterPack: hook }) };
}

describe('packaging', () => {
  it("is a configuration that electron-builder's schema accepts", async () => {
    await expect(validate(configuration)).resolves.toBeUndefined();
  });

  it('is checked by a schema that refuses what it does not know', async () => {
    await expect(validate({ ...configuration, linux: { ...configuration.linux, targets: ['deb'] } })).rejects.toThrow(
      /configuration\.linux/,
    );
  });

  it('makes AppImage and deb, dmg, and nsis', () => {
    expect([configuration.linux?.target, configuration.mac?.target, configuration.win?.target]).toEqual([
      ['AppImage', 'deb'],
      ['dmg'],
      ['nsis'],
    ]);
  });

  it('keeps what the system must load from disk outside of the archive', () => {
    for (const pattern of [
      'native/out/**',
      'assets/**',
      '**/*.node',
      'node_modules/sharp/**',
      'node_modules/better-sqlite3/**',
      'node_modules/@napi-rs/**',
    ])
      expect(configuration.asarUnpack).toContain(pattern);
  });

  it('packs the model libraries once', () => expect(configuration.files).toContain('!node_modules/@node-llama-cpp/**'));

  it('unpacks every native dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const unpacked = configuration.asarUnpack as string[];
    // JavaScript and WebAssembly run out of the archive.
    const native = Object.keys(dependencies).filter((name) => !['pdfjs-dist', 'heic-decode'].includes(name));
    // A new dependency is a decision: bundled code belongs into devDependencies, native code here and into asarUnpack.
    expect(native.filter((name) => !unpacked.some((pattern) => `node_modules/${name}/`.startsWith(pattern.replace('**', ''))))).toEqual([]);
  });

  it('sets the fuses through the hook that it names', () => expect(configuration.afterPack).toBe(afterPack));

  it.each([
    ['linux', '/out/facet'],
    ['win32', '/out/Facet.exe'],
    ['darwin', '/out/Facet.app'],
  ])('finds the program on %s', (platform, path) => expect(programPath('/out', platform, 'Facet', 'facet')).toBe(path));

  it('has every file that it names', () => {
    const named = [configuration.linux?.icon, configuration.mac?.icon, configuration.win?.icon, configuration.mac?.entitlements];
    for (const file of named) expect(existsSync(join(root, String(file))), String(file)).toBe(true);
  });

  it.each([
    ['build/icon.icns', 'icns', 0],
    ['build/icons/512x512.png', 'PNG', 1],
  ])('%s is an icon', (file, mark, at) => {
    expect(readFileSync(join(root, file)).toString('latin1', at, at + mark.length)).toBe(mark);
  });

  it('has seven sizes in the Windows icon', () => {
    const icon = readFileSync(join(root, 'build/icon.ico'));
    expect([icon.readUInt16LE(0), icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([0, 1, 7]);
    for (let index = 0; index < 7; index++) {
      const entry = 6 + 16 * index;
      const offset = icon.readUInt32LE(entry + 12);
      expect(icon.toString('latin1', offset + 1, offset + 4)).toBe('PNG');
      expect(offset + icon.readUInt32LE(entry + 8)).toBeLessThanOrEqual(icon.length);
    }
  });
});
