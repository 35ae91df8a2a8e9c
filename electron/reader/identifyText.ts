import { decodeMarkup } from './documents/markup/decodeMarkup.ts';
import { languageOfName, type CodeLanguage } from './documents/text/codeLanguages.ts';

export type TextFormat = 'text' | 'markdown' | 'html' | 'rtf' | 'eml' | 'mbox' | 'csv' | 'tsv' | CodeLanguage;

/** What a text file is: by how it begins where that tells, else by its name. */
export function identifyText(head: Uint8Array, name: string): TextFormat {
  const text = decodeMarkup(head);
  const start = text.trimStart();
  if (start.startsWith('{\\rtf')) return 'rtf';
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  if (/^(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(start)) return 'html';
  if (/^(html?|xhtml)$/.test(ending) && /<[a-z][^>]*>/i.test(text)) return 'html';
  if (start.startsWith('<?xml')) return 'xml';
  if (/^From [^\n]*\n[!-9;-~]+:/.test(text)) return 'mbox';
  if (looksLikeMail(text) && !/^(txt|md)$/.test(ending)) return 'eml';
  if (ending === 'csv') return 'csv';
  if (ending === 'tsv' || ending === 'tab') return 'tsv';
  if (/^(md|markdown|mdown|mkd)$/.test(ending)) return 'markdown';
  return languageOfName(name) ?? 'text';
}

/** Header lines from the first on, some of them those that every mail has. */
function looksLikeMail(text: string): boolean {
  const headers = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}/.exec(text)?.[0] ?? '';
  const usual = new Set(
    [...headers.matchAll(/^(from|to|subject|date|received|message-id|mime-version|return-path|delivered-to):/gim)].map((match) =>
      match[1]?.toLowerCase(),
    ),
  );
  return usual.has('from') && usual.size >= 3;
}
