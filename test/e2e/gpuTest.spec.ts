import { expect, openReady, test } from './host.ts';

test.use({ environment: { FACET_SCRIPT_CARD: 'Radeon RX 7600' } });

test('a card is tested from the settings, step by step, and the test can be given up', async ({ page, host }) => {
  await openReady(page, host);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Model' }).click();
  // A load that was quicker has tested it already.
  await settings.getByRole('button', { name: /^Test (?:it now|again)$/ }).click();
  await expect(settings.getByRole('progressbar', { name: 'Testing: a text on the card, step 2 of 4' })).toBeVisible();
  await settings.getByRole('button', { name: 'Cancel' }).click();
  await expect(settings.getByRole('progressbar')).toHaveCount(0);
  await expect(settings.getByText('Radeon RX 7600 is tested before it is first used')).toBeVisible();

  await settings.getByRole('button', { name: 'Test it now' }).click();
  await expect(settings.getByRole('progressbar', { name: 'Testing: the compact cache, step 4 of 4' })).toBeVisible();
  await expect(settings.getByText('Radeon RX 7600 passed its test: it computes what the processor computes.')).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Test again' })).toBeVisible();
});
