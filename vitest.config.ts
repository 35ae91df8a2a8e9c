import { defineConfig } from 'vitest/config';

// Suites by folder: `vitest run --project unit`. `real` needs the 270M model and runs in `npm run test:real`; `vulkan` needs a driver and a pack, and runs in `npm run test:vulkan`. The browser suites (test/e2e, test/electron) belong to Playwright.
// How long something may take that a test waits for: far above what it needs, since a busy machine must not fail a test that only waits.
const patienceMs = 30_000;
const suite = (name: string, testTimeout: number, globalSetup: string[] = []) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    testTimeout,
    hookTimeout: testTimeout,
    environment: 'node' as const,
    expect: { poll: { timeout: patienceMs } },
    globalSetup,
  },
});

export default defineConfig({
  test: {
    // Two cores, and the native suite loads models: more workers only wait for one another.
    maxWorkers: 2,
    projects: [
      suite('unit', 60_000),
      suite('contract', 60_000),
      suite('native', 120_000),
      suite('vulkan', 600_000, ['test/vulkan/vulkanPack.ts']),
      suite('real', 600_000),
    ],
  },
});
