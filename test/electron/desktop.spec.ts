import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from 'playwright/test';
import { windowObstacle } from '../../electron/bootstrap/display.mjs';
import { electronPath } from '../../electron/bootstrap/electronBinary.mjs';

const root = join(import.meta.dirname, '../..');
const program = electronPath();
const obstacle =
  program === null
    ? 'no Electron binary'
    : windowObstacle({ platform: process.platform, environment: process.env, userId: process.getuid?.() ?? null });
// The runner's list shows that tests were skipped, and not why.
if (obstacle !== null && process.env['TEST_WORKER_INDEX'] === undefined) process.stderr.write(`desktop app: skipped: ${obstacle}\n`);

// The real program, for what a fake cannot show. Elsewhere the checklist in test/unit/main stands for it.
test.describe('the desktop app', () => {
  test.skip(obstacle !== null, `skipped: ${obstacle ?? ''}`);

  let app: ElectronApplication;
  let page: Page;
  let folder: string;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'facet-desktop-'));
    app = await _electron.launch({
      executablePath: program ?? '',
      args: [root],
      env: { ...process.env, FACET_DATA: folder, FACET_RESOURCES: root },
    });
    page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
  });
  test.afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows the page from its own scheme, without Node', async () => {
    expect(page.url()).toBe('app://bundle/index.html');
    expect(await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')])).toEqual([
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate(() => Object.keys((Reflect.get(globalThis, 'facet') as object | undefined) ?? {}).toSorted())).toEqual([
      'connect',
      'pathOf',
    ]);
  });

  test('connects and shows its state', async () => {
    await expect(page.getByRole('main')).toBeVisible();
  });

  test('forbids code and addresses from elsewhere', async () => {
    const violations = await page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const picture = new Image();
      picture.src = 'https://127.0.0.1:9/pixel.png';
      await fetch('https://127.0.0.1:9/').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return seen;
    });
    expect(violations).toEqual(expect.arrayContaining(['img-src', 'connect-src']));
  });

  test('opens no second window', async () => {
    await page.evaluate(() => window.open('app://bundle/index.html'));
    expect(app.windows()).toHaveLength(1);
  });
});
