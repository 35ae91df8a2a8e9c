import type { ReaderFile } from '../fileBytes.ts';
import { identifyFile } from '../identifyFile.ts';
import { facetError } from '../../shared/errors.ts';
import { decodeImage, type DecodedImage } from './decodeImage.ts';

export interface DecodedImages {
  /** Decoded, or the last one kept. Of a TIFF with several pages the first. @throws as identifyFile and decodeImage; fileUnsupported when it is not a picture. */
  get(file: ReaderFile): Promise<DecodedImage>;
  /** Frees the kept picture. */
  clear(): void;
}

/** Long enough for inspect, preview, profile and views of one drop to share a decode; short enough not to hold 600 MB for nothing. */
const keptForMs = 20_000;

/** Keeps the last decoded picture for a while. Files are kept by content, so a path always means the same bytes. */
export function createDecodedImages(): DecodedImages {
  let kept: { readonly path: string; readonly image: Promise<DecodedImage> } | null = null;
  let timer: NodeJS.Timeout | null = null;
  const clear = (): void => {
    kept = null;
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    get(file) {
      if (kept?.path !== file.path) {
        const image = identifyAndDecode(file);
        kept = { path: file.path, image };
        image.catch(() => {
          if (kept?.image === image) clear();
        });
      }
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(clear, keptForMs).unref();
      return kept.image;
    },
    clear,
  };
}

async function identifyAndDecode(file: ReaderFile): Promise<DecodedImage> {
  const identified = await identifyFile(file);
  if (identified.format === 'multipage-tiff') return decodeImage(file, 'tiff');
  if (identified.kind !== 'image') throw facetError('fileUnsupported', { file: file.name, detected: identified.format });
  return decodeImage(file, identified.format);
}
