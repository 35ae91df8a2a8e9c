import { isTag, isText, type Element } from 'domhandler';
import { raisedText } from '../raisedText.ts';

/** What no reader of the page sees, and links that lead elsewhere. */
const leftOut = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'nav',
  'svg',
  'math',
  'iframe',
  'object',
  'canvas',
  'audio',
  'video',
  'select',
  'button',
  'input',
  'textarea',
]);

/** The text of an element on one line, without what no reader of the page sees. Blocks and line breaks are divided by a space. */
export function visibleText(element: Element): string {
  return element.children
    .map((child) => {
      if (isText(child)) return child.data;
      if (!isTag(child) || isHidden(child)) return '';
      const text = visibleText(child);
      if (child.name === 'sup') return raisedText(text, 'above');
      if (child.name === 'sub') return raisedText(text, 'below');
      return /^(br|div|p|li|ul|ol|h[1-6])$/.test(child.name) ? ` ${text} ` : text;
    })
    .join('');
}

export function isHidden({ name, attribs }: Element): boolean {
  if (leftOut.has(name) || 'hidden' in attribs || attribs['aria-hidden'] === 'true' || attribs['role'] === 'navigation') return true;
  return /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs['style'] ?? '');
}
