import { expect, test } from './host.ts';

/** Every place at which the line “Sees pictures” of the first that sees them stood. */
declare global {
  var placesSeen: number[];
}

for (const width of [480, 520, 640, 800, 1280]) {
  test(`nothing on the first screen jumps when the recommendation comes, ${width} wide`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(() => {
      globalThis.placesSeen = [];
      const look = (): void => {
        const line = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith('Try it now'));
        const top = line?.getBoundingClientRect().top;
        // Before the font is there lines are as long as they never are again.
        const drawn = document.fonts.check('13px "Inter Variable"');
        if (top !== undefined && drawn && globalThis.placesSeen.at(-1) !== top) globalThis.placesSeen.push(top);
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
}
