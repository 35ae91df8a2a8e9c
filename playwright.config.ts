import { defineConfig } from 'playwright/test';

// The system's Chromium where Playwright's own cannot be had; `npm test` finds or installs one.
const executablePath = process.env['FACET_CHROMIUM'];

// Nothing of the browser itself may talk to a network while a test watches for requests.
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// Chromium refuses its sandbox to root, which continuous integration often is. The page under test is our own.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  // Each test starts a host of its own; on two cores more of them only wait for one another.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // Far above what any step needs: a busy machine must not fail a test that only waits.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list']],
  outputDir: '.cache/test-results',
  use: {
    trace: 'retain-on-failure',
    viewport: { width: 1280, height: 860 },
    launchOptions: { args: [...quiet, ...asRoot], ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'e2e', testDir: 'test/e2e', testMatch: '**/*.spec.ts', testIgnore: 'real/**' },
    // With the real 270M: `npm run test:real`.
    { name: 'real', testDir: 'test/e2e/real', testMatch: '**/*.spec.ts', timeout: 300_000 },
    // Timed: by hand on a quiet machine. A trace takes pictures of the page while it works, which is work too.
    { name: 'bench', testDir: 'test/bench', testMatch: '**/*.spec.ts', use: { trace: 'off' } },
    { name: 'electron', testDir: 'test/electron', testMatch: '**/*.spec.ts' },
  ],
});
