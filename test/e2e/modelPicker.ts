import { expect, type Page } from 'playwright/test';
import { press } from './press.ts';

export const picker = (page: Page) => page.getByRole('dialog', { name: 'Models' });

export async function openPicker(page: Page): Promise<void> {
  await page.keyboard.press('Control+m');
  await press(page, 'All models…');
  await expect(picker(page)).toBeVisible();
}
