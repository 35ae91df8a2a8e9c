import { DomHandler, Parser } from 'htmlparser2';
import { isTag, isText, type AnyNode, type Document, type Element } from 'domhandler';

/** Deeper nesting is an attack, and would overflow the stack of whoever walks it. */
const mostDepth = 1_000;
/** Elements; about 1 GB of memory. */
const mostElements = 3_000_000;

/** Thrown for markup beyond the limits; the message goes on after "because". */
export class MarkupLimitError extends Error {}

class BoundedHandler extends DomHandler {
  #depth = 0;
  #elements = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    this.#elements += 1;
    if (this.#depth > mostDepth) throw new MarkupLimitError(`its parts are nested more than ${String(mostDepth)} deep`);
    if (this.#elements > mostElements) throw new MarkupLimitError(`it has more than ${String(mostElements)} parts`);
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

/**
 * A tree of HTML or XML. The parser knows no document types: entities of a file's own are never expanded, and nothing outside of it is ever opened.
 * @throws MarkupLimitError
 */
export function parseMarkup(text: string, language: 'html' | 'xml'): Document {
  const handler = new BoundedHandler();
  const parser = new Parser(handler, { xmlMode: language === 'xml', decodeEntities: true });
  parser.end(text);
  return handler.root;
}

/** Elements among the children. */
export function elementsOf(node: Document | Element): readonly Element[] {
  return node.children.filter(isTag);
}

/** The first child of that name. */
export function childNamed(node: Document | Element | undefined, name: string): Element | undefined {
  return node === undefined ? undefined : elementsOf(node).find((child) => child.name === name);
}

/** Every element of that name below `node`, in the order of the text. */
export function allNamed(node: Document | Element | undefined, name: string): readonly Element[] {
  if (node === undefined) return [];
  return elementsOf(node).flatMap((child) => (child.name === name ? [child, ...allNamed(child, name)] : allNamed(child, name)));
}

/** The text of a node and of all below it. */
export function textOf(node: AnyNode | undefined): string {
  if (node === undefined) return '';
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
