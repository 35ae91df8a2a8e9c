import type { AppEvent } from '../../electron/shared/appState.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { OcrLanguage } from '../../electron/shared/ocr.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

const frenchBytes = 5_000_000;
const steps = 20;
const stepMs = 100;

/** OCR's languages in memory: English, and French to be had within two seconds. */
export function fakeOcr(emit: (event: AppEvent) => void): Pick<RequestHandlers<Requests>, Extract<keyof Requests, `ocr.${string}`>> {
  let french: OcrLanguage['state'] = 'available';
  const list = (): readonly OcrLanguage[] => [
    { code: 'eng', name: 'English', state: 'builtIn', downloadBytes: 0 },
    { code: 'fra', name: 'French', state: french, downloadBytes: french === 'available' ? frenchBytes : 0 },
  ];
  const set = (code: string, state: OcrLanguage['state']): readonly OcrLanguage[] => {
    if (code !== 'fra') throw facetError('invalidRequest', { field: 'code', reason: 'names no language' });
    french = state;
    return list();
  };
  return {
    'ocr.list': list,
    'ocr.get': async ({ code }, signal) => {
      for (let step = 1; step <= steps; step += 1) {
        await new Promise((resolve) => setTimeout(resolve, stepMs));
        if (signal.aborted) throw facetError('cancelled', {});
        emit({ name: 'ocr.progressed', payload: { code, receivedBytes: (frenchBytes * step) / steps, totalBytes: frenchBytes } });
      }
      return set(code, 'installed');
    },
    'ocr.add': () => {
      throw facetError('invalidRequest', { field: 'path', reason: 'files cannot be named by their path here' });
    },
    'ocr.remove': ({ code }) => set(code, 'available'),
    'ocr.use': () => ({}),
  };
}
