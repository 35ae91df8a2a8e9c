import type { Requests } from '../../electron/shared/contract.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { OcrLanguage } from '../../electron/shared/ocr.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

/** OCR's languages in memory: English, and French to be had. */
export function fakeOcr(): Pick<RequestHandlers<Requests>, Extract<keyof Requests, `ocr.${string}`>> {
  let french: OcrLanguage['state'] = 'available';
  const list = (): readonly OcrLanguage[] => [
    { code: 'eng', name: 'English', state: 'builtIn', downloadBytes: 0 },
    { code: 'fra', name: 'French', state: french, downloadBytes: french === 'available' ? 5_000_000 : 0 },
  ];
  const set = (code: string, state: OcrLanguage['state']): readonly OcrLanguage[] => {
    if (code !== 'fra') throw facetError('invalidRequest', { field: 'code', reason: 'names no language' });
    french = state;
    return list();
  };
  return {
    'ocr.list': list,
    'ocr.get': ({ code }) => set(code, 'installed'),
    'ocr.add': () => {
      throw facetError('invalidRequest', { field: 'path', reason: 'files cannot be named by their path here' });
    },
    'ocr.remove': ({ code }) => set(code, 'available'),
    'ocr.use': () => ({}),
  };
}
