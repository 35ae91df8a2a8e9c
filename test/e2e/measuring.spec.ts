import type { Page } from 'playwright/test';
import { expectAccessible } from './expectAccessible.ts';
import { builtFacet, expect, openReady, test } from './host.ts';
import { openPicker, picker } from './modelPicker.ts';

async function measure(page: Page): Promise<void> {
  await openPicker(page);
  await picker(page).getByRole('tab', { name: 'Speed' }).click();
  await picker(page)
    .getByRole('button', { name: /^Measure/ })
    .click();
}

test.describe('with a slow encoder', () => {
  // Two views are looked at.
  test.use({ environment: { FACET_SCRIPT_ENCODE_MS: '9000' } });

  test('measuring can be stopped', async ({ page, host }) => {
    await openReady(page, host);
    await measure(page);
    await expect(picker(page).getByRole('progressbar', { name: /^Tiny reader / })).toBeVisible();
    await picker(page).getByRole('button', { name: 'Stop measuring' }).click();
    await expect(picker(page).getByRole('progressbar')).toHaveCount(0);
    await expect(picker(page).getByRole('button', { name: /^Measure/ })).toBeEnabled();
  });
});

test.describe('with the real engine', () => {
  test.use({ program: builtFacet });

  test('speed is measured when asked for', async ({ page, host }) => {
    await openReady(page, host);
    await measure(page);
    await expect(picker(page).getByRole('row', { name: /^Tiny reader F16 .* words a second .* Measured on / })).toBeVisible({
      timeout: 120_000,
    });
    await expect(picker(page).getByRole('button', { name: 'Measure again' })).toBeVisible();
    await expectAccessible(page, 'speed');
  });
});
