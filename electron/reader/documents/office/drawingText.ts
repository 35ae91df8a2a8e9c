import type { Element } from 'domhandler';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';

/** The paragraphs of a DrawingML shape or cell. */
export function paragraphsOf(shape: Element): readonly string[] {
  return allNamed(shape, 'a:p').map(paragraphText);
}

/** The letters of a DrawingML paragraph, with its line breaks. */
export function paragraphText(paragraph: Element): string {
  return elementsOf(paragraph)
    .map((child) => (child.name === 'a:br' ? '\n' : allNamed(child, 'a:t').map(textOf).join('')))
    .join('');
}
