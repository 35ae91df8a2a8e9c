// Writes assets/licences/packages.txt: every npm package that a finished Facet contains, with its licence. Run after changing a dependency:
// node_modules/.bin/node build/makeLicences.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedPackages } from './shippedPackages.mjs';

const root = join(import.meta.dirname, '..');
const rule = '-'.repeat(80);

/** The licence in the package's own words; its README's chapter where there is no file of its own. @param {string} folder */
function licenceText(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|third-party)/i.test(name));
  if (names.length > 0) return names.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
  const readme = readdirSync(folder).find((name) => /^readme\.md$/i.test(name));
  const chapter =
    readme === undefined ? null : /^#+ licen[cs][^\n]*\n([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(readFileSync(join(folder, readme), 'utf8'));
  return chapter?.[1]?.trim() ?? '';
}

/** Packages by the text they share. @type {Map<string, string[]>} */
const byText = new Map();
for (const { name, version, licence, path } of shippedPackages()) {
  const text = licenceText(join(root, path)).replaceAll('\r\n', '\n');
  byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
}
const chapters = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text === '' ? 'No text beside the package.' : text}\n`);
writeFileSync(
  join(root, 'assets', 'licences', 'packages.txt'),
  `Packages from npm inside Facet, and the terms they come under.\n\n${rule}\n${chapters.join(`${rule}\n`)}`,
);
