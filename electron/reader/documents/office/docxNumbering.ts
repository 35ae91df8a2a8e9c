import type { Element } from 'domhandler';
import { allNamed, childNamed, elementsOf } from '../markup/parseMarkup.ts';
import { numberedPart } from '../package/numberedPart.ts';
import type { Package } from '../package/openPackage.ts';
import { numberInFormat } from './numberInFormat.ts';

interface Level {
  /** `decimal`, `lowerLetter`, `bullet`, … */
  readonly format: string;
  /** `%1.%2`, with the numbers of the levels. */
  readonly text: string;
  readonly start: number;
}

interface List {
  /** Lists of one kind go on counting from one another. */
  readonly kind: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Where this list begins anew, by level. */
  readonly restarts: ReadonlyMap<number, number>;
}

const usualLevel: Level = { format: 'decimal', text: '', start: 1 };

/** Gives each paragraph of a numbered list the number that Word shows, `2.1` or `(a)`, and each of a bulleted one its dash; empty where none is shown. */
export async function docxNumbering(docx: Package): Promise<(list: string, depth: number) => string> {
  const part = numberedPart(docx, 'word/numbering');
  const lists = part === undefined ? new Map<string, List>() : readLists(await docx.xml(part));
  const counts = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();
  return (id, depth) => {
    const list: List = lists.get(id) ?? { kind: `list ${id}`, levels: new Map<number, Level>(), restarts: new Map<number, number>() };
    const count = counts.get(list.kind) ?? [];
    counts.set(list.kind, count);
    const levelAt = (at: number): Level => list.levels.get(at) ?? usualLevel;
    if (!begun.has(id)) for (const [level, start] of list.restarts) count[level] = start - 1;
    begun.add(id);
    // A new entry ends the counting of the levels below it.
    count.length = Math.min(count.length, depth + 1);
    for (let above = 0; above < depth; above += 1) count[above] ??= levelAt(above).start;
    count[depth] = (count[depth] ?? levelAt(depth).start - 1) + 1;
    const { format, text } = levelAt(depth);
    if (format === 'bullet') return '-';
    const pattern = text === '' && !list.levels.has(depth) ? `%${String(depth + 1)}.` : text;
    return pattern
      .replaceAll(/%([1-9])/g, (_, level: string) => numberInFormat(count[Number(level) - 1] ?? 1, levelAt(Number(level) - 1).format))
      .trim();
  };
}

function readLists(root: Parameters<typeof allNamed>[0]): ReadonlyMap<string, List> {
  const kinds = new Map(allNamed(root, 'w:abstractNum').map((kind) => [kind.attribs['w:abstractNumId'] ?? '', kind]));
  return new Map(
    allNamed(root, 'w:num').map((number): [string, List] => {
      const kind = childNamed(number, 'w:abstractNumId')?.attribs['w:val'] ?? '';
      const overrides = elementsOf(number).filter(({ name }) => name === 'w:lvlOverride');
      const own = overrides.flatMap((override) => childNamed(override, 'w:lvl') ?? []);
      const restarts = overrides.flatMap((override): [number, number][] => {
        const start = childNamed(override, 'w:startOverride')?.attribs['w:val'];
        return start === undefined ? [] : [[Number(override.attribs['w:ilvl'] ?? 0), Number(start)]];
      });
      const levels = new Map([...levelsOf(kinds.get(kind)), ...own.map(levelOf)]);
      return [number.attribs['w:numId'] ?? '', { kind, levels, restarts: new Map(restarts) }];
    }),
  );
}

function levelsOf(kind: Element | undefined): readonly [number, Level][] {
  return (kind === undefined ? [] : elementsOf(kind)).filter(({ name }) => name === 'w:lvl').map(levelOf);
}

function levelOf(level: Element): [number, Level] {
  const value = (name: string): string | undefined => childNamed(level, name)?.attribs['w:val'];
  const start = Number(value('w:start') ?? 1);
  return [
    Number(level.attribs['w:ilvl'] ?? 0),
    { format: value('w:numFmt') ?? 'decimal', text: value('w:lvlText') ?? '', start: Number.isInteger(start) ? start : 1 },
  ];
}
