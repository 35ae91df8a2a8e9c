import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const eslint = new ESLint({ cwd: root, overrideConfigFile: join(root, 'eslint.config.js') });

/** Rules that object to `code` when it stands in an existing file, with full type information. */
async function objections(file: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  if (result === undefined) throw new Error(`${file} was not linted`);
  return result.messages.map(({ ruleId, message, severity }) => {
    if (ruleId === null) throw new Error(message);
    expect(severity, `${ruleId} is an error, not a warning`).toBe(2);
    return ruleId;
  });
}

const shared = 'electron/shared/errors.ts';
const renderer = 'renderer/main.tsx';
const union = "export type Kind = 'a' | 'b';\nexport function pick(kind: Kind): number {\n  switch (kind) {\n";

const cases: readonly (readonly [rule: string, file: string, good: string, bad: string])[] = [
  ['@typescript-eslint/no-explicit-any', shared, 'export const value: unknown = 1;', 'export const value: any = 1;'],
  [
    '@typescript-eslint/no-floating-promises',
    shared,
    'async function work(): Promise<void> {\n  await Promise.resolve();\n}\nexport async function run(): Promise<void> {\n  await work();\n}',
    'async function work(): Promise<void> {\n  await Promise.resolve();\n}\nexport function run(): void {\n  work();\n}',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    shared,
    `${union}    case 'a':\n      return 1;\n    case 'b':\n      return 2;\n  }\n}`,
    `${union}    case 'a':\n      return 1;\n  }\n  return 0;\n}`,
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    shared,
    "import type { Rect } from './attachments.ts';\nexport type Copy = Rect;",
    "import { Rect } from './attachments.ts';\nexport type Copy = Rect;",
  ],
  [
    '@typescript-eslint/no-unnecessary-condition',
    shared,
    'export const size = (text: string): number => text.length;',
    'export const size = (text: string): number => (text ? text.length : 0) + (text?.length ?? 0);',
  ],
  ['import-x/no-default-export', shared, 'export const value = 1;', 'const value = 1;\nexport default value;'],
  [
    'import-x/no-cycle',
    'electron/shared/assertNever.ts',
    "export type { Rect } from './attachments.ts';",
    "export { reduceAppState } from './appState.ts';",
  ],
  ['max-lines', shared, `${'// line\n'.repeat(390)}export const value = 1;`, `${'// line\n'.repeat(400)}export const value = 1;`],
  [
    'eqeqeq',
    shared,
    'export const same = (a: number, b: number): boolean => a === b;',
    'export const same = (a: number, b: number): boolean => a == b;',
  ],
  ['no-console', 'electron/services/createServices.ts', 'export const value = 1;', "console.log('x');\nexport const value = 1;"],
  [
    'react-hooks/rules-of-hooks',
    renderer,
    "import { useState } from 'react';\nexport function Part(): number {\n  const [count] = useState(0);\n  return count;\n}",
    "import { useState } from 'react';\nexport function Part({ on }: { on: boolean }): number {\n  if (on) {\n    const [count] = useState(0);\n    return count;\n  }\n  return 0;\n}",
  ],
  [
    'react-hooks/exhaustive-deps',
    renderer,
    "import { useEffect } from 'react';\nexport function Part({ count }: { count: number }): null {\n  useEffect(() => {\n    document.title = `${count}`;\n  }, [count]);\n  return null;\n}",
    "import { useEffect } from 'react';\nexport function Part({ count }: { count: number }): null {\n  useEffect(() => {\n    document.title = `${count}`;\n  }, []);\n  return null;\n}",
  ],
];

describe('code rules', () => {
  it.each(cases)('%s', { timeout: 60_000 }, async (rule, file, good, bad) => {
    expect(await objections(file, good)).not.toContain(rule);
    expect(await objections(file, bad)).toContain(rule);
  });
  it('knows the TypeScript that gives lint its types', async () => {
    const { version } = await import('typescript');
    expect(version).toMatch(/^6\.0\./);
  });
});
