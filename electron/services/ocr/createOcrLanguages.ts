import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { Requests } from '../../shared/contract.ts';
import { facetError } from '../../shared/errors.ts';
import { builtInOcrLanguage, type OcrLanguage, ocrLanguageName, ocrLanguagePattern } from '../../shared/ocr.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { diskError } from '../disk/diskErrors.ts';
import type { Emit } from '../emit.ts';
import { takeFileLock } from '../models/fileLock.ts';
import type { NetworkGuard } from '../network/networkGuard.ts';
import { fetchNpmFile, packageSource } from '../packages/fetchNpmFile.ts';
import type { SettingsService } from '../settings/createSettingsService.ts';
import { type OcrPack, ocrPacks } from './ocrPacks.ts';
import { englishReading, type OcrReading } from './ocrReading.ts';

const ending = '.traineddata';

export interface OcrLanguagesOptions {
  /** Of the languages' data. */
  readonly folder: string;
  readonly settings: SettingsService;
  readonly reader: Pick<ReaderClient, 'request'>;
  readonly requireNetwork: NetworkGuard;
  readonly pathsAllowed: boolean;
  readonly emit: Emit;
  /** For tests; the usual ones otherwise. */
  readonly packs?: readonly OcrPack[];
}

type OcrRequest = Extract<keyof Requests, `ocr.${string}`>;

/** The languages that OCR can read in, and those that it reads in now. */
export interface OcrLanguages extends OcrReading {
  /** @throws FacetError invalidRequest for a language that is not here */
  require(codes: readonly string[], field: string): void;
  readonly handlers: Pick<RequestHandlers<Requests>, OcrRequest>;
}

export function createOcrLanguages(options: OcrLanguagesOptions): OcrLanguages {
  const { folder, settings, reader, requireNetwork, emit, packs = ocrPacks } = options;
  /** For this run, in the place of the setting. */
  let own: readonly string[] | null = null;
  const fileOf = (code: string): string => path.join(folder, `${code}${ending}`);
  const isHere = (code: string): boolean => code === builtInOcrLanguage || existsSync(fileOf(code));

  const list = (): readonly OcrLanguage[] => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const installed = files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
    const others = [...new Set([...installed, ...packs.map(({ code }) => code)])].map((code): OcrLanguage => {
      const here = installed.includes(code);
      const downloadBytes = here ? 0 : (packs.find((pack) => pack.code === code)?.bytes ?? 0);
      return { code, name: ocrLanguageName(code), state: here ? 'installed' : 'available', downloadBytes };
    });
    others.sort((a, b) => a.name.localeCompare(b.name));
    return [{ code: builtInOcrLanguage, name: ocrLanguageName(builtInOcrLanguage), state: 'builtIn', downloadBytes: 0 }, ...others];
  };
  const required: OcrLanguages['require'] = (codes, field) => {
    const missing = codes.find((code) => !isHere(code));
    if (missing === undefined) return;
    const name = ocrLanguageName(missing);
    const way = packs.some(({ code }) => code === missing)
      ? 'it can be fetched'
      : `a file ${missing}${ending} of Tesseract 4 or newer can be added`;
    throw facetError('invalidRequest', { field, reason: `names ${name} (${missing}), which is not here; ${way}` });
  };
  const files: OcrLanguages['files'] = (codes) => {
    const here = codes.filter(isHere).map((code) => ({ code, path: code === builtInOcrLanguage ? null : fileOf(code) }));
    return here.length === 0 ? englishReading.files([]) : here;
  };

  /** Takes a file as a language's data once text could be recognised with it. */
  const take = async (code: string, source: string, name: string, signal: AbortSignal): Promise<void> => {
    const target = fileOf(code);
    const incoming = `${target}.incoming-${process.pid}`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await copyFile(source, incoming).catch(async (error: unknown) => {
        if (!existsSync(source)) throw facetError('notFound', { what: 'file', id: name }, error);
        throw await diskError(error, folder, 0);
      });
      await reader.request('ocr.check', { name, languages: [{ code, path: incoming }] }, signal);
      await rename(incoming, target);
    } finally {
      await rm(incoming, { force: true });
    }
  };

  return {
    chosen: () => {
      const here = (own ?? settings.current().ocrLanguages).filter(isHere);
      return here.length === 0 ? [builtInOcrLanguage] : here;
    },
    files,
    require: required,
    handlers: {
      'ocr.list': () => list(),
      'ocr.use': ({ languages }) => {
        required(languages, 'languages');
        own = languages;
        return {};
      },
      'ocr.get': async ({ code }, signal) => {
        if (isHere(code)) return list();
        const pack = packs.find((one) => one.code === code);
        if (pack === undefined)
          throw facetError('invalidRequest', {
            field: 'code',
            reason: `names no language that can be fetched; those are ${packs.map((one) => one.code).join(', ')}. For others, add the file ${code}${ending} of Tesseract`,
          });
        requireNetwork(packageSource);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const lock = await takeFileLock(path.join(folder, `${code}.lock`), `the OCR language ${ocrLanguageName(code)}`, signal);
        try {
          const onReceived = (receivedBytes: number): void => emit('ocr.progressed', { code, receivedBytes, totalBytes: pack.bytes });
          await fetchNpmFile({ file: pack, target: fileOf(code), signal, onReceived });
        } finally {
          lock.close();
        }
        return list();
      },
      'ocr.add': async ({ path: source }, signal) => {
        if (!options.pathsAllowed)
          throw facetError('invalidRequest', { field: 'path', reason: 'files cannot be named by their path here' });
        const name = path.basename(source);
        const code = name.replace(/\.gz$/, '').replace(/\.traineddata$/, '');
        if (!/\.traineddata(\.gz)?$/.test(name) || !ocrLanguagePattern.test(code))
          throw facetError('invalidRequest', {
            field: 'path',
            reason: `must name a file such as deu.traineddata, after its language, not ${name}`,
          });
        if (code === builtInOcrLanguage) throw facetError('invalidRequest', { field: 'path', reason: 'names English, which is built in' });
        await take(code, source, name, signal);
        return list();
      },
      'ocr.remove': async ({ code }) => {
        if (code === builtInOcrLanguage) throw facetError('invalidRequest', { field: 'code', reason: 'names English, which is built in' });
        if (!isHere(code))
          throw facetError('invalidRequest', { field: 'code', reason: `names ${ocrLanguageName(code)}, which is not here` });
        await rm(fileOf(code), { force: true });
        const left = settings.current().ocrLanguages.filter((one) => one !== code);
        if (left.length !== settings.current().ocrLanguages.length)
          settings.update({ ocrLanguages: left.length === 0 ? [builtInOcrLanguage] : left });
        return list();
      },
    },
  };
}
