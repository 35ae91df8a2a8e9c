import { createContext } from 'react';
import type { Citation } from '../../../electron/shared/citations.ts';
import type { Receipt } from '../../../electron/shared/generation.ts';

/** The receipt of the answer that is being shown, for the chips inside its text. */
export const CitationsContext = createContext<Pick<Receipt, 'citations' | 'documents'> | null>(null);

// Two characters that no text uses, around a citation's number: they pass through Markdown as letters do.
const opens = '\ue0f0';
const closes = '\ue0f1';
const marked = /\ue0f0(\d+)\ue0f1/;

/** The answer with a mark after each quotation that `citationMarks` makes into an element. */
export function markCitations(text: string, citations: readonly Citation[]): string {
  let result = '';
  let from = 0;
  for (const [index, { end }] of citations.entries()) {
    result += `${text.slice(from, end)}${opens}${index}${closes}`;
    from = end;
  }
  return result + text.slice(from);
}

/** What of a syntax tree matters here. */
interface TreeNode {
  readonly type: string;
  readonly value?: string;
  readonly tagName?: string;
  readonly properties?: object;
  children?: TreeNode[];
}

/** A rehype plugin: marks become `cite` elements that hold the citation's number. */
export function citationMarks(): (tree: TreeNode) => void {
  const visit = (node: TreeNode): void => {
    if (node.children === undefined) return;
    for (const child of node.children) visit(child);
    if (!node.children.some(({ value = '' }) => value.includes(opens))) return;
    node.children = node.children.flatMap((child) => (child.type === 'text' ? splitAtMarks(child.value ?? '') : [child]));
  };
  return visit;
}

function splitAtMarks(text: string): TreeNode[] {
  return text.split(new RegExp(marked, 'g')).flatMap((piece, index): TreeNode[] => {
    if (index % 2 === 1) return [{ type: 'element', tagName: 'cite', properties: {}, children: [{ type: 'text', value: piece }] }];
    return piece === '' ? [] : [{ type: 'text', value: piece }];
  });
}

/** How many quotations were found in a document, in words; null for an answer without any. */
export function citationWords(citations: readonly Citation[]): string | null {
  if (citations.length === 0) return null;
  const verified = citations.filter(({ source }) => source !== null).length;
  const missing = citations.length - verified;
  const quotes = (count: number): string => `${count} ${count === 1 ? 'quote' : 'quotes'}`;
  const unread = citations.filter(({ source }) => source?.given === false).length;
  const parts = [
    ...(verified > 0 ? [`${quotes(verified)} verified${unread > 0 ? ` (${unread} from pages or parts that were not read)` : ''}`] : []),
    ...(missing > 0 ? [`${quotes(missing)} not found`] : []),
  ];
  return parts.join(', ');
}
