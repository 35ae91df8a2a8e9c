import type { Element } from 'domhandler';
import { cellAddress } from '../../../shared/documents.ts';
import { oneLine } from '../documentWriter.ts';
import { allNamed, elementsOf, textOf } from '../markup/parseMarkup.ts';
import { repeated } from './odsRepeats.ts';

/** What a sheet says besides its cells: the text of the boxes and shapes on it, and then what people remarked on cells, a sentence each. */
export function besideCells(sheet: Element): readonly string[] {
  const texts = textsOfShapes(sheet).filter((text) => text.trim() !== '');
  return allNamed(sheet, 'office:annotation').length === 0 ? texts : [...texts, ...comments(sheet)];
}

/** Texts of drawn elements, wherever they are anchored. */
function textsOfShapes(node: Element): readonly string[] {
  return elementsOf(node).flatMap((child) => {
    if (child.name === 'office:annotation' || child.name === 'table:table') return [];
    if (!child.name.startsWith('draw:')) return textsOfShapes(child);
    const own = elementsOf(child).filter(({ name }) => name === 'text:p' || name === 'text:list');
    return [own.map(textOf).join('\n'), ...textsOfShapes(child)];
  });
}

function comments(sheet: Element): readonly string[] {
  const found: string[] = [];
  let row = 1;
  for (const line of allNamed(sheet, 'table:table-row')) {
    let column = 1;
    for (const cell of elementsOf(line)) {
      if (!/^table:(covered-)?table-cell$/.test(cell.name)) continue;
      for (const annotation of elementsOf(cell).filter(({ name }) => name === 'office:annotation')) {
        const text = oneLine(allNamed(annotation, 'text:p').map(textOf).join(' '));
        if (text !== '') found.push(`[Comment on ${cellAddress(row, column)}: ${text}]`);
      }
      column += repeated(cell, 'table:number-columns-repeated');
    }
    row += repeated(line, 'table:number-rows-repeated');
  }
  return found;
}
