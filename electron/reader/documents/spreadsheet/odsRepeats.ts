import type { Element } from 'domhandler';

/** How many rows or columns an element of a sheet stands for, by the attribute that tells it; 1 or more. */
export function repeated({ attribs }: Element, name: 'table:number-rows-repeated' | 'table:number-columns-repeated'): number {
  return Math.max(1, Math.floor(Number(attribs[name] ?? 1)) || 1);
}
