import { expect, type Page } from 'playwright/test';

/** Presses a button by keys. A dialog that has just closed hands its focus back a moment later, so the button must keep it first. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(async () => {
    await button.focus();
    expect(await button.evaluate(keepsFocus), 'the button keeps the focus').toBe(true);
  }).toPass();
  await page.keyboard.press('Enter');
}

const keepsFocus = (button: Element): Promise<boolean> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.activeElement === button)));
  });
