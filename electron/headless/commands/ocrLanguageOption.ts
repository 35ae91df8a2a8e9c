import { mostOcrLanguages, ocrLanguagePattern } from '../../shared/ocr.ts';
import type { AppClient } from '../appClient.ts';
import { refuse, single } from '../arguments/options.ts';
import type { CommandContext } from './command.ts';

/** `--ocr-language fra+eng`. */
export const ocrLanguageOption = single(
  'CODE[+CODE]',
  'Languages of scans and pictures of text, such as fra or eng+fra; see facet ocr list (default: the setting)',
  parseOcrLanguages,
);

function parseOcrLanguages(value: string, name: string): readonly string[] {
  const codes = [...new Set(value.split('+'))];
  const bad = codes.find((code) => !ocrLanguagePattern.test(code));
  if (bad !== undefined) refuse(name, `needs codes such as fra or eng+fra, not "${value}". See them with: facet ocr list`);
  return codes.length <= mostOcrLanguages ? codes : refuse(name, `takes at most ${mostOcrLanguages} languages`);
}

/** Has this run read scans in these languages; null leaves it at the setting. @throws FacetError invalidRequest for one that is not here */
export async function useOcrLanguages(app: AppClient, languages: readonly string[] | null, context: CommandContext): Promise<void> {
  if (languages === null) return;
  const known = await app.request('ocr.list', {}, context.signal);
  for (const code of languages) {
    const found = known.find((one) => one.code === code);
    if (found === undefined)
      refuse('--ocr-language', `names ${code}, which is not here. Add its data with: facet ocr add ${code}.traineddata`);
    if (found.state === 'available') refuse('--ocr-language', `names ${found.name}, which is not here. Get it with: facet ocr get ${code}`);
  }
  await app.request('ocr.use', { languages }, context.signal);
}
