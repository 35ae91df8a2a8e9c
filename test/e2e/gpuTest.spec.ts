import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, expect, openReady, test } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'facet-gpu-test-'));
const gate = join(folder, 'steps');
const letEnd = (steps: number): void => writeFileSync(gate, String(steps));
test.use({ environment: { FACET_SCRIPT_CARD: 'Radeon RX 7600', FACET_SCRIPT_CARD_GATE: gate } });
test.afterAll(() => rmSync(folder, { recursive: true }));

test('a card is tested from the settings, step by step, and the test can be given up', async ({ page, host }) => {
  await openReady(page, host);
  // The first load tests it, without waiting anywhere.
  await ask(page, 'Are you there?');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const passed = settings.getByText('Radeon RX 7600 passed its test: it computes what the processor computes.');
  await settings.getByRole('tab', { name: 'Model' }).click();
  await expect(passed).toBeVisible();

  letEnd(1);
  await settings.getByRole('button', { name: 'Test again' }).click();
  await expect(settings.getByRole('progressbar', { name: 'Testing: a text on the card, step 2 of 4' })).toBeVisible();
  await settings.getByRole('button', { name: 'Cancel' }).click();
  await expect(settings.getByRole('progressbar')).toHaveCount(0);
  await expect(settings.getByText('Radeon RX 7600 is tested before it is first used')).toBeVisible();

  letEnd(3);
  await settings.getByRole('button', { name: 'Test it now' }).click();
  await expect(settings.getByRole('progressbar', { name: 'Testing: the compact cache, step 4 of 4' })).toBeVisible();
  letEnd(4);
  await expect(passed).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Test again' })).toBeVisible();
});
