import { facetError } from '../shared/errors.ts';
import { numberedPart } from './documents/package/numberedPart.ts';
import { openPackage, type Package } from './documents/package/openPackage.ts';
import type { ReaderFile } from './fileBytes.ts';

export type PackageFormat = 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp' | 'epub';

const mimetypes: Readonly<Record<string, PackageFormat>> = {
  'application/epub+zip': 'epub',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.text-template': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.spreadsheet-template': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.presentation-template': 'odp',
};

/** A mimetype is a short line. */
const longestMimetype = 256;

/**
 * What a ZIP file holds, by the names of its parts.
 * @throws FacetError fileUnsupported for another archive, fileUnreadable, fileTooLarge
 */
export async function identifyPackage(file: ReaderFile): Promise<PackageFormat> {
  const archive = await openPackage(file);
  try {
    const mimetype = archive.has('mimetype') ? (await archive.bytes('mimetype')).toString('latin1', 0, longestMimetype).trim() : '';
    const format = mimetypes[mimetype] ?? officeFormat(archive);
    if (format === null)
      throw facetError('fileUnsupported', { file: file.name, detected: 'a ZIP archive; unpack it and add the files in it' });
    return format;
  } finally {
    archive.close();
  }
}

function officeFormat(archive: Package): PackageFormat | null {
  const { names, has } = archive;
  if (has('META-INF/container.xml') && names.some((name) => name.endsWith('.opf'))) return 'epub';
  if (numberedPart(archive, 'word/document') !== undefined) return 'docx';
  if (has('ppt/presentation.xml')) return 'pptx';
  return names.some((name) => /^xl\/workbook\d*\.(xml|bin)$/i.test(name)) ? 'xlsx' : null;
}
