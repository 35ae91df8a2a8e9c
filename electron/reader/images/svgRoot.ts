/** The start tag of an SVG's root, with the rest of the file around it. */
export interface SvgRoot {
  readonly before: string;
  /** Name as written: `svg`, or with the prefix of its namespace. */
  readonly name: string;
  /** Values without their quotes, as written. */
  readonly attributes: ReadonlyMap<string, string>;
  /** True for `<svg/>`, which holds nothing. */
  readonly empty: boolean;
  readonly after: string;
}

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels per inch and the units built on it, as CSS defines them; a bare number is in pixels. */
const pixelsPerUnit = new Map([
  ['', 1],
  ['px', 1],
  ['in', 96],
  ['cm', 96 / 2.54],
  ['mm', 96 / 25.4],
  ['q', 96 / 101.6],
  ['pt', 96 / 72],
  ['pc', 16],
]);

/** Where the first element of an XML file begins if it is `svg`: after any declaration, comments and document type; null otherwise. */
export function svgRootStart(text: string): number | null {
  const between = /[\s\u00ef\u00bb\u00bf]*/y;
  for (let index = 0; ;) {
    between.lastIndex = index;
    index += between.exec(text)?.[0].length ?? 0;
    const end = endOfProlog(text, index);
    if (end === null) {
      const root = /<(?:[\w.-]+:)?svg[\s/>]/iy;
      root.lastIndex = index;
      return root.test(text) ? index : null;
    }
    end.lastIndex = index;
    if (!end.test(text)) return null;
    index = end.lastIndex;
  }
}

/** How the piece of the prolog at `index` ends; null where an element begins. A document type may hold declarations of its own between brackets. */
function endOfProlog(text: string, index: number): RegExp | null {
  if (text.startsWith('<?', index)) return /\?>/g;
  if (text.startsWith('<!--', index)) return /-->/g;
  if (!text.startsWith('<!', index)) return null;
  const bracket = text.indexOf('[', index);
  return bracket >= 0 && bracket < text.indexOf('>', index) ? /\]\s*>/g : />/g;
}

/** @param text of the file, one character per byte. @returns null where no whole start tag of an `svg` stands */
export function parseSvgRoot(text: string): SvgRoot | null {
  const start = svgRootStart(text);
  if (start === null) return null;
  const tag = /<([\w.:-]+)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;
  tag.lastIndex = start;
  const [whole, name, attributes, slash] = tag.exec(text) ?? [];
  if (whole === undefined || name === undefined) return null;
  const pairs = [...(attributes ?? '').matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)];
  return {
    before: text.slice(0, start),
    name,
    attributes: new Map(pairs.map(([, key = '', quoted = '']) => [key, quoted.slice(1, -1)])),
    empty: slash === '/',
    after: text.slice(start + whole.length),
  };
}

/** Width and height of the root in CSS pixels; null where one of them is missing or depends on what surrounds the drawing, such as 100 %. */
export function svgSize({ attributes }: SvgRoot): SvgSize | null {
  const width = lengthInPixels(attributes.get('width'));
  const height = lengthInPixels(attributes.get('height'));
  return width === null || height === null ? null : { width, height };
}

function lengthInPixels(length: string | undefined): number | null {
  const [, number, unit = ''] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(length ?? '') ?? [];
  const pixels = pixelsPerUnit.get(unit.toLowerCase());
  return number === undefined || pixels === undefined ? null : Number(number) * pixels;
}

/** Size of the `viewBox` in its own units; null without one that can show anything. */
export function viewBoxSize({ attributes }: SvgRoot): SvgSize | null {
  const [x = NaN, y = NaN, width = NaN, height = NaN] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return Number.isFinite(x + y) && width > 0 && height > 0 ? { width, height } : null;
}

/** The file with a root of a given size in CSS pixels, whatever a style gives it. @param viewBox taken where the root has none of use */
export function resizedSvg(root: SvgRoot, size: SvgSize, viewBox: SvgSize): string {
  const { before, attributes, empty, after } = root;
  const width = String(size.width);
  const height = String(size.height);
  const style = `${attributes.get('style') ?? ''};width:${width}px;height:${height}px`;
  const changed = new Map([...attributes, ['width', width], ['height', height], ['style', style]]);
  if (viewBoxSize(root) === null) changed.set('viewBox', `0 0 ${String(viewBox.width)} ${String(viewBox.height)}`);
  return `${recognised(before)}${startTag(root, changed)}${empty ? '/' : ''}>${after}`;
}

/** The file with a dot at its origin, so that the bounds of what it draws begin there. */
export function svgFromOrigin(root: SvgRoot): string {
  const prefix = root.name.slice(0, -'svg'.length);
  return `${recognised(root.before)}${startTag(root, root.attributes)}><${prefix}rect width="1" height="1"/>${root.after}`;
}

/** libvips takes for SVG what has `<svg` in its first 1,000 bytes; long document types and prefixes keep it from there. */
function recognised(before: string): string {
  const declaration = /^[\u00ef\u00bb\u00bf]*\s*<\?xml[\s\S]*?\?>/.exec(before)?.[0] ?? '';
  return `${declaration}<!--<svg-->${before.slice(declaration.length)}`;
}

/** Without its end. */
function startTag({ name }: SvgRoot, attributes: SvgRoot['attributes']): string {
  // A value may hold the quotes that did not enclose it.
  const written = [...attributes].map(([key, value]) => (value.includes('"') ? ` ${key}='${value}'` : ` ${key}="${value}"`));
  return `<${name}${written.join('')}`;
}
