import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Characters of a page: what a printed one holds. */
const pageLength = 3_000;
/** Questions taken from one manual at most, evenly spread, so that the largest does not decide alone. */
const mostQuestions = 45;
/** The long manuals of Debian's perl-doc. */
const names = ['perlfunc', 'perlop', 'perlre', 'perlvar', 'perlfaq4', 'perlrun', 'perlipc', 'perlport', 'perlguts', 'perlsub'];

export interface Question {
  readonly text: string;
  /** By rule from a heading, or from the description under it without the heading's own words. */
  readonly from: 'heading' | 'description';
  /** The page on which its section begins. */
  readonly page: number;
}

/** A manual as a reader of plain text would give it, with questions whose place is known. */
export interface Manual {
  readonly name: string;
  readonly pages: readonly { readonly page: number; readonly text: string }[];
  readonly questions: readonly Question[];
}

/** Unpacks the manuals into `folder` with apt-get unless they are there, and makes questions of them. The same package gives the same questions. */
export function loadManuals(folder: string): readonly Manual[] {
  const root = join(folder, 'root', 'usr', 'share', 'perl');
  if (!existsSync(root)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('apt-get', ['download', 'perl-doc'], { cwd: folder, stdio: 'inherit' });
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get brought no package');
    execFileSync('dpkg-deb', ['-x', archive, 'root'], { cwd: folder });
  }
  const version = readdirSync(root).find((name) => existsSync(join(root, name, 'pod', 'perlfunc.pod')));
  if (version === undefined) throw new Error(`there are no manuals in ${root}`);
  return names.map((name) => manualOf(name, readFileSync(join(root, version, 'pod', `${name}.pod`), 'utf8')));
}

interface Section {
  readonly heading: string;
  readonly level: number;
  readonly paragraphs: string[];
}

function manualOf(name: string, source: string): Manual {
  const sections = sectionsOf(source);
  const pages: { page: number; text: string }[] = [{ page: 1, text: '' }];
  const questions: Question[] = [];
  for (const section of sections) {
    const title = `${section.level === 0 ? '' : `${'#'.repeat(section.level)} `}${section.heading}`;
    const blocks = [title, ...section.paragraphs];
    const found = questionsOf(section);
    for (const [index, block] of blocks.entries()) {
      const last = pages.at(-1);
      if (last === undefined || last.text.length + block.length > pageLength) pages.push({ page: pages.length + 1, text: `${block}\n\n` });
      else last.text += `${block}\n\n`;
      if (index === 0) for (const question of found) questions.push({ ...question, page: pages.length });
    }
  }
  return { name, pages, questions: spread(questions, mostQuestions) };
}

/** Headings and items of a manual in POD, with the text under each, its markup taken away. */
function sectionsOf(source: string): readonly Section[] {
  const sections: Section[] = [];
  for (const block of source.split(/\n{2,}/)) {
    const command = /^=(\w+)\s*([\s\S]*)$/.exec(block.trim());
    if (command === null) {
      if (block.trim() !== '') sections.at(-1)?.paragraphs.push(plain(block));
      continue;
    }
    const [, word = '', rest = ''] = command;
    const heading = plain(rest).replaceAll(/\s+/g, ' ').trim();
    if (heading === '' || heading === '*') continue;
    if (/^head[1-4]$/.test(word)) sections.push({ heading, level: Number(word.slice(4)), paragraphs: [] });
    else if (word === 'item') sections.push({ heading, level: 0, paragraphs: [] });
  }
  return sections;
}

/** `C<code>`, `L<text|place>` and their like as a reader sees them. */
function plain(pod: string): string {
  let text = pod.replaceAll(/[A-Z]<<+ ([\s\S]*?) >>+/g, '$1');
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replaceAll(/[XZ]<[^<>]*>/g, '')
      .replaceAll(/E<lt>/g, '‹')
      .replaceAll(/E<gt>/g, '›')
      .replaceAll(/L<([^<>|]*)\|[^<>]*>/g, '$1')
      .replaceAll(/[A-Z]<([^<>]*)>/g, '$1');
  }
  return text.trimEnd();
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

function questionsOf({ heading, level, paragraphs }: Section): readonly Omit<Question, 'page'>[] {
  const questions: Omit<Question, 'page'>[] = [];
  const inHeading = new Set(wordsOf(heading));
  if (level > 0 && inHeading.size >= 2)
    questions.push({ from: 'heading', text: `What does the manual say about ${heading.toLowerCase()}?` });
  const sentence = /^[^.]{40,}?\./.exec(paragraphs.find((text) => /^\w/.test(text)) ?? '')?.[0] ?? '';
  // Every fourth word is left out, so that no sentence is found by being itself.
  const words = wordsOf(sentence)
    .filter((word) => !inHeading.has(word))
    .filter((_, index) => index % 4 !== 3);
  if (words.length >= 5) questions.push({ from: 'description', text: `Which one is it: ${words.slice(0, 12).join(' ')}?` });
  return questions;
}

function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter((item) => item !== undefined);
}
