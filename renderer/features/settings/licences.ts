/** A work that Facet carries. */
export interface Licence {
  readonly name: string;
  readonly licence: string;
  readonly holder: string;
}

export const licences: readonly Licence[] = [
  { name: 'Facet', licence: 'Apache-2.0', holder: 'The Facet developers' },
  { name: 'Gemma 3', licence: 'Gemma Terms of Use', holder: 'Google' },
  { name: 'llama.cpp, ggml, mtmd', licence: 'MIT', holder: 'The ggml authors' },
  { name: 'Electron', licence: 'MIT', holder: 'Electron contributors, GitHub' },
  { name: 'SQLite', licence: 'Public domain', holder: 'D. Richard Hipp and others' },
  { name: 'better-sqlite3', licence: 'MIT', holder: 'Joshua Wise' },
  { name: 'PDF.js', licence: 'Apache-2.0', holder: 'Mozilla' },
  { name: 'sharp', licence: 'Apache-2.0', holder: 'Lovell Fuller' },
  { name: 'libvips', licence: 'LGPL-3.0-or-later', holder: 'The libvips authors' },
  { name: 'libheif', licence: 'LGPL-3.0', holder: 'Struktur AG, Dirk Farin' },
  { name: 'React', licence: 'MIT', holder: 'Meta' },
  { name: 'Radix Primitives', licence: 'MIT', holder: 'WorkOS' },
  { name: 'react-markdown', licence: 'MIT', holder: 'Espen Hovlandsdal' },
  { name: 'Shiki', licence: 'MIT', holder: 'Pine Wu, Anthony Fu' },
  { name: 'KaTeX', licence: 'MIT', holder: 'Khan Academy' },
  { name: 'Lucide', licence: 'ISC', holder: 'Lucide contributors' },
  { name: 'Inter', licence: 'OFL-1.1', holder: 'The Inter project authors' },
  { name: 'JetBrains Mono', licence: 'OFL-1.1', holder: 'The JetBrains Mono project authors' },
];
