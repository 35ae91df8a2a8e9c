import { expect, type Page } from 'playwright/test';

export const picker = (page: Page) => page.getByRole('dialog', { name: 'Models' });

/** Presses a button by keys. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}

export async function openPicker(page: Page): Promise<void> {
  await page.keyboard.press('Control+m');
  await press(page, 'All models…');
  await expect(picker(page)).toBeVisible();
}
