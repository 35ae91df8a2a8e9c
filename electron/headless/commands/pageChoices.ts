import type { Attachment, PageWish } from '../../shared/attachments.ts';
import type { AppClient } from '../appClient.ts';
import { refuse } from '../arguments/options.ts';
import type { ReadInput } from './attachInputs.ts';
import type { CommandContext } from './command.ts';

/** Pages of one option at most. */
const mostPages = 5_000;

/** What `--page-source` asks for. */
export interface PageChoice {
  /** As given on the command line. */
  readonly file: string;
  readonly pages: readonly number[];
  /** `picture`: the page's picture beside its text. */
  readonly source: PageWish | 'picture';
}

/** `3`, `3,5-8`: ascending, each once. */
export function parsePages(value: string, name: string): readonly number[] {
  const pages = new Set<number>();
  for (const range of value.replaceAll(' ', '').split(',')) {
    const [, first = '', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to < from || to > mostPages) refuse(name, `needs pages such as 3 or 3,5-8, not "${value}"`);
    for (let page = from; page <= to; page += 1) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}

/** `FILE:PAGES=text|ocr|picture`; the file's name may hold colons. */
export function parsePageChoice(value: string, name: string): PageChoice {
  const match = /^(.+):([\d,\- ]+)=(text|ocr|picture)$/.exec(value);
  const [, file = '', pages = '', source = ''] = match ?? [];
  if (match === null) refuse(name, `must be FILE:PAGES=text|ocr|picture, such as report.pdf:3,5-8=ocr, not "${value}"`);
  return { file, pages: parsePages(pages, name), source: source as PageChoice['source'] };
}

/** Has pages read the way that was asked for. Returns the attachment as it is then. */
export async function choosePages(
  app: AppClient,
  { file, attachment }: ReadInput,
  pages: readonly { readonly page: number; readonly by: PageWish }[],
  { output, signal }: CommandContext,
): Promise<Attachment> {
  let current = attachment;
  try {
    for (const [index, { page, by }] of pages.entries()) {
      output.progress(`Reading page ${page} of ${file} by ${by === 'ocr' ? 'OCR' : 'its text'}, ${index + 1} of ${pages.length}`);
      current = await app.request('attachment.readPage', { id: attachment.id, page, by }, signal);
    }
    return current;
  } finally {
    if (pages.length > 0) output.progress(null);
  }
}

/** Has the pages of one document read as they were chosen; pages wanted as pictures become inputs of their own, after it. */
export async function applyPageChoices(
  app: AppClient,
  input: ReadInput,
  choices: readonly PageChoice[],
  context: CommandContext,
): Promise<readonly ReadInput[]> {
  const own = choices.filter(({ file }) => file === input.file);
  const pages = own.flatMap(({ pages: listed, source }) => (source === 'picture' ? [] : listed.map((page) => ({ page, by: source }))));
  const attachment = await choosePages(app, input, pages, context);
  const pictures: ReadInput[] = [];
  for (const page of own.flatMap(({ pages: listed, source }) => (source === 'picture' ? listed : []))) {
    const added = await app.request('attachment.addPage', { id: attachment.id, page }, context.signal);
    pictures.push({ file: added.name, attachment: await app.request('attachment.read', { id: added.id }, context.signal) });
  }
  return [{ ...input, attachment }, ...pictures];
}
