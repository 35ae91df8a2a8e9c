import { expect, test } from './host.ts';

/** Every place at which the line “Sees pictures” of the first that sees them stood. */
declare global {
  var placesSeen: number[];
}

test('nothing on the first screen jumps when the recommendation comes', async ({ page, host }) => {
  await page.addInitScript(() => {
    globalThis.placesSeen = [];
    const look = (): void => {
      const line = [...document.querySelectorAll('p')].find(({ textContent }) => textContent === 'Sees pictures');
      const top = line?.getBoundingClientRect().top;
      if (top !== undefined && globalThis.placesSeen.at(-1) !== top) globalThis.placesSeen.push(top);
      requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(host.url);
  await expect(page.getByText('Recommended', { exact: true })).toBeVisible();
  await expect(page.getByText(/^(?:Fits|Slow|Too big)/).first()).toBeVisible();
  const places = await page.evaluate(() => globalThis.placesSeen);
  expect(Math.max(...places) - Math.min(...places), 'pixels').toBeLessThan(4);
});
