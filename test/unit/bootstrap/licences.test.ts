import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedPackages } from '../../../build/shippedPackages.mjs';

const folder = join(import.meta.dirname, '../../../assets/licences');
const packages = readFileSync(join(folder, 'packages.txt'), 'utf8').split('\n');

test('every package inside Facet is listed with its version and licence; node build/makeLicences.mjs writes the list', () => {
  // The list is made on one system; packages for a single platform are told by their names.
  const everywhere = shippedPackages().filter(({ path }) => !/(linux|darwin|win32|android|freebsd)/.test(path));
  expect(everywhere.length).toBeGreaterThan(20);
  const missing = everywhere
    .map(({ name, version, licence }) => `${name} ${version} (${licence})`)
    .filter((line) => !packages.includes(line));
  expect(missing).toEqual([]);
});

test.each(['llama.cpp.txt', 'LGPL-3.0.txt', 'GPL-3.0.txt', 'Apache-2.0.txt'])('%s is there', (name) => {
  expect(existsSync(join(folder, name))).toBe(true);
});
