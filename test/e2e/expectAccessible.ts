import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

/** Nothing that axe finds against WCAG 2.2 AA is wrong on the page once it has come to rest: what still arrives may change colours for a moment. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await expect(async () => expect(await complaints(page), what).toEqual([])).toPass({ intervals: [300, 700, 1_500], timeout: 15_000 });
}

async function complaints(page: Page): Promise<readonly string[]> {
  // Colours on their way from one state to another are nobody's choice.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
