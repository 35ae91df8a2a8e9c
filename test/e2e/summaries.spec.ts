import { expectAccessible } from './expectAccessible.ts';
import { answers, ask, expect, openReady, test } from './host.ts';

test('earlier messages are summarised, the summary can be read and undone, and the chat goes on', async ({ page, host }) => {
  await openReady(page, host);
  await ask(page, 'turn one [[say the code is 4711 and nothing else was agreed between the two of them on that day]]');
  await ask(page, 'turn two [[say second answer with many more words than a summary of it would ever need to have]]');
  await ask(page, 'turn three [[say third answer]]');
  await page.locator('[data-conversation]').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Summarise earlier messages' }).click();
  const card = page.getByRole('region', { name: 'Summary of the messages above' });
  await expect(card).toContainText('The model reads a summary of the 4 messages above');
  await card.getByRole('button', { name: /The model reads/ }).click();
  await expect(card).toContainText('the code is 4711');
  await expectAccessible(page, 'a summary');
  await ask(page, 'and now?');
  await answers(page)
    .last()
    .getByRole('button', { expanded: false })
    .filter({ hasText: /s|token|read/i })
    .last()
    .click();
  await page.reload();
  await page.locator('[data-conversation]').first().click();
  await expect(card).toBeVisible();
  await card.getByRole('button', { name: 'Undo' }).click();
  await expect(card).toHaveCount(0);
  await ask(page, 'still there?');
  await expect(answers(page).last()).toContainText('You said: still there?');
  await expect(answers(page)).toHaveCount(5);
});
