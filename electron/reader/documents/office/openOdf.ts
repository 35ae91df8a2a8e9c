import { unreadable, type ReaderFile } from '../../fileBytes.ts';
import { oneLine } from '../documentWriter.ts';
import { allNamed, textOf } from '../markup/parseMarkup.ts';
import { openPackage, type Package } from '../package/openPackage.ts';

/** Opens an OpenDocument file. @throws FacetError fileUnreadable (also when it is encrypted), fileTooLarge */
export async function openOdf(file: ReaderFile): Promise<Package> {
  const odf = await openPackage(file);
  try {
    if (odf.has('META-INF/manifest.xml')) {
      const entries = allNamed(await odf.xml('META-INF/manifest.xml'), 'manifest:encryption-data');
      if (entries.length > 0) throw unreadable(file, 'it is protected by a password; save a copy without one');
    }
    return odf;
  } catch (error) {
    odf.close();
    throw error;
  }
}

/** The title in the file's properties; empty when there is none. */
export async function odfTitle(odf: Package): Promise<string> {
  return odf.has('meta.xml') ? oneLine(textOf(allNamed(await odf.xml('meta.xml'), 'dc:title')[0])) : '';
}
