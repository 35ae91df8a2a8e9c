import type { LanguageInput } from 'shiki/core';

/** The bundled grammars, each its own file that is loaded when first needed. */
export const languageLoaders = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
} satisfies Record<string, LanguageInput>;

export type CodeLanguage = keyof typeof languageLoaders;

const otherNames = new Map<string, CodeLanguage>([
  ...(['sh', 'shell', 'zsh', 'console', 'shellscript'] as const).map((name) => [name, 'bash'] as const),
  ['c++', 'cpp'],
  ['cc', 'cpp'],
  ['h', 'c'],
  ['hpp', 'cpp'],
  ['cs', 'csharp'],
  ['c#', 'csharp'],
  ['golang', 'go'],
  ['htm', 'html'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['jsx', 'tsx'],
  ['jsonc', 'json'],
  ['kt', 'kotlin'],
  ['md', 'markdown'],
  ['py', 'python'],
  ['python3', 'python'],
  ['rb', 'ruby'],
  ['rs', 'rust'],
  ['ts', 'typescript'],
  ['svg', 'xml'],
  ['yml', 'yaml'],
]);

/** The bundled language behind the word of a fence, or null. */
export function languageName(word: string): CodeLanguage | null {
  const name = word.toLowerCase();
  if (Object.hasOwn(languageLoaders, name)) return name as CodeLanguage;
  return otherNames.get(name) ?? null;
}
