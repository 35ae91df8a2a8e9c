import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { memoryExitCode } from '../../../electron/reader/memoryGuard.ts';

const module = path.join(import.meta.dirname, '../../../electron/reader/memoryGuard.ts');

it('ends a process over the limit, and says why on standard error', () => {
  const script = `import { guardMemory } from ${JSON.stringify(module)};
    guardMemory(0.5 * 2 ** 30);
    const held = [];
    setInterval(() => held.push(Buffer.alloc(50 * 2 ** 20, 1)), 20);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 15_000 });
  expect(status).toBe(memoryExitCode);
  expect(stderr).toContain('more than 0.5 GB of memory');
});
