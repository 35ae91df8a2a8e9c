import { expectAccessible } from './expectAccessible.ts';
import { answers, ask, composer, expect, fixture, openReady, test } from './host.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('nothing that axe finds is wrong on any screen', async ({ page, host }) => {
      await page.goto(host.url);
      await expect(page.getByRole('button', { name: /try it now/i })).toBeVisible();
      await expectAccessible(page, 'first run');
      await page.getByRole('button', { name: /try it now/i }).click();
      await ask(page, 'Show [[say Some `code`, a [link](https://example.org) and\n\n```js\nlet a = 1;\n```\n]]');
      await expectAccessible(page, 'chat');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'search');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'settings');
      for (const tab of ['Answers', 'Model', 'Servers', 'About']) {
        await page.getByRole('tab', { name: tab }).click();
        await expectAccessible(page, `settings, ${tab}`);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Documents/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'library');
    });
  });
}

test('settings are kept over a reload', async ({ page, host }) => {
  await openReady(page, host);
  await page.keyboard.press('Control+,');
  await page.getByLabel('Colours').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('tab', { name: 'Answers' }).click();
  await page.getByRole('switch', { name: 'Temperature that suits the model' }).click();
  const temperature = page.getByLabel('Temperature', { exact: true }).last();
  await temperature.fill('0.5');
  await temperature.press('Enter');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.keyboard.press('Control+,');
  await expect(page.getByLabel('Colours')).toHaveValue('dark');
  await page.getByRole('tab', { name: 'Answers' }).click();
  await expect(page.getByLabel('Temperature', { exact: true }).last()).toHaveValue('0.5');
});

test('everything is reached by keys', async ({ page, host }) => {
  await openReady(page, host);
  await ask(page, 'first');
  await page.keyboard.press('Control+n');
  await expect(answers(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('button', { name: 'New chat' })).toHaveCount(0);
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('button', { name: 'New chat' }).first()).toBeVisible();
  for (const keys of ['Control+k', 'Control+,']) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await composer(page).fill('Count [[slow 30]] [[tokens 300]]');
  await page.keyboard.press('Enter');
  await expect(answers(page).last()).toContainText('word5 ');
  await page.keyboard.press('Escape');
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await expect(answers(page).last()).not.toContainText('word300');
});

test('who works by keys keeps the place: in the versions of an answer, and when the evidence closes', async ({ page, host }) => {
  await openReady(page, host);
  await page.getByLabel('Files', { exact: true }).setInputFiles(fixture('labels/receipt.png'));
  await ask(page, 'first');
  const answer = answers(page).last();
  await answer.getByRole('button', { name: 'Answer again' }).press('Enter');
  await expect(answer.getByLabel('Version 2 of 2')).toBeVisible();
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await answer.getByRole('button', { name: 'Previous answer' }).press('Enter');
  await expect(answer.getByLabel('Version 1 of 2')).toBeVisible();
  await expect(answer.getByRole('button', { name: 'Next answer' })).toBeFocused();

  const picture = page.getByRole('article', { name: 'You asked' }).getByRole('button', { name: /receipt\.png/ });
  await picture.press('Enter');
  await page.getByRole('button', { name: 'Close evidence' }).press('Enter');
  await expect(picture).toBeFocused();
});
