/** Languages of source code and data by the ending of the file's name: the formats that are shown as they are. */
export const languageOfEnding = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  tsx: 'typescript',
  java: 'java',
  kt: 'kotlin',
  swift: 'swift',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hpp: 'cpp',
  cs: 'csharp',
  go: 'go',
  rs: 'rust',
  rb: 'ruby',
  php: 'php',
  pl: 'perl',
  lua: 'lua',
  r: 'r',
  jl: 'julia',
  scala: 'scala',
  dart: 'dart',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ps1: 'powershell',
  bat: 'batch',
  sql: 'sql',
  css: 'css',
  scss: 'scss',
  vue: 'vue',
  svelte: 'svelte',
  tex: 'latex',
  ini: 'ini',
  toml: 'toml',
  cfg: 'ini',
  conf: 'ini',
  dockerfile: 'dockerfile',
  makefile: 'makefile',
  cmake: 'cmake',
  diff: 'diff',
  patch: 'diff',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  ipynb: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  xml: 'xml',
} as const;

/** A language as it stands in `facet read --json`. */
export type CodeLanguage = (typeof languageOfEnding)[keyof typeof languageOfEnding];

/** The language that a name tells, `report.py` or `Makefile`; null for other names. */
export function languageOfName(name: string): CodeLanguage | null {
  const ending = (name.split('.').at(-1) ?? '').toLowerCase();
  return Object.hasOwn(languageOfEnding, ending) ? languageOfEnding[ending as keyof typeof languageOfEnding] : null;
}

const languages: ReadonlySet<string> = new Set(Object.values(languageOfEnding));

export function isCodeLanguage(format: string): format is CodeLanguage {
  return languages.has(format);
}
