import { answers, ask, composer, expect, openReady, questions, send, test } from './host.ts';

test.beforeEach(({ page, host }) => openReady(page, host));

test('an answer in Markdown streams in and stays as it is', async ({ page }) => {
  await ask(page, 'Show me [[slow 20]] [[say A **bold** word, `code` and a list:\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n]]');
  await expect(answers(page).last().getByRole('strong')).toHaveText('bold');
  await expect(answers(page).last().getByRole('listitem')).toHaveCount(2);
  await expect(answers(page).last().getByRole('cell', { name: '2', exact: true })).toBeVisible();
});

test('Stop keeps what was written, and Continue finishes it', async ({ page }) => {
  await send(page, 'Count [[slow 30]] [[tokens 200]]');
  await expect(answers(page).last()).toContainText('word5 ');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await expect(answers(page).last()).toContainText('word5');
  await expect(answers(page).last()).not.toContainText('word200');
  await answers(page).last().getByRole('button', { name: 'Continue this answer' }).click();
  await expect(answers(page).last()).toContainText('word200');
  await expect(answers(page)).toHaveCount(1);
  const words = (await answers(page).last().innerText()).match(/word\d+/g) ?? [];
  expect(words).toEqual(Array.from({ length: 200 }, (_, index) => `word${index + 1}`));
});

test('editing a question and answering again make branches to walk between', async ({ page }) => {
  await ask(page, 'first wording');
  await expect(answers(page).last()).toContainText('You said: first wording');
  await questions(page).last().hover();
  await questions(page).last().getByRole('button', { name: 'Edit question' }).click();
  const field = page.getByRole('textbox', { name: 'Your question' });
  // The answer below stands clear of the card.
  const [cancel, below] = await Promise.all([
    page.getByRole('button', { name: 'Cancel' }).boundingBox(),
    answers(page).last().getByText('You said: first wording').first().boundingBox(),
  ]);
  expect((below?.y ?? 0) - (cancel?.y ?? 0) - (cancel?.height ?? 0)).toBeGreaterThan(24);
  await field.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await field.fill('second wording');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  await expect(answers(page).last()).toContainText('You said: second wording');
  await expect(questions(page).last().getByLabel('Version 2 of 2')).toBeVisible();
  await questions(page).last().getByRole('button', { name: 'Previous question' }).click();
  await expect(answers(page).last()).toContainText('You said: first wording');

  await answers(page).last().getByRole('button', { name: 'Answer again' }).click();
  await expect(answers(page).last().getByLabel('Version 2 of 2')).toBeVisible();
  await answers(page).last().getByRole('button', { name: 'Previous answer' }).click();
  await expect(answers(page).last().getByLabel('Version 1 of 2')).toBeVisible();
});

test('bullets, bars and columns of right-to-left text stand on the right', async ({ page }) => {
  const pieces = ['- שלום', '- עולם', '', '> ציטוט', '', '| שם | מחיר |', '|---|---|', '| חלב | 12 |', '', '1. one', '2. two'];
  await ask(page, `[[say ${pieces.join('\n')}]]`);
  const answer = answers(page).last();
  await expect(answer.getByText('two')).toBeVisible();
  const sides = await answer
    .locator('ul, blockquote, table, ol')
    .evaluateAll((elements) => elements.map((element) => `${element.localName} ${getComputedStyle(element).direction}`));
  expect(sides).toEqual(['ul rtl', 'blockquote rtl', 'table rtl', 'ol ltr']);
});

test('a reader who went up is offered the way to the end, until a larger window shows it', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 420 });
  await ask(page, '[[tokens 300]]');
  await expect(answers(page).last()).toContainText('word300');
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toHaveCount(0);
  await page.locator('[data-messages]').evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(jump).toBeVisible();
  await page.setViewportSize({ width: 900, height: 1200 });
  await expect(jump).toHaveCount(0);
});

test('a reload, in the middle of an answer too, loses nothing', async ({ page }) => {
  await ask(page, 'remember me');
  await send(page, 'Count [[slow 20]] [[tokens 150]]');
  await expect(answers(page).last()).toContainText('word5 ');
  await page.reload();
  await page.locator('[data-conversation]').first().click();
  await expect(questions(page).first()).toContainText('remember me');
  await expect(answers(page).last()).toContainText('word150');
  await expect(answers(page)).toHaveCount(2);
});

test('what does not fit is refused with the numbers, and nothing is lost', async ({ page }) => {
  const long = 'many words '.repeat(3000);
  await send(page, long);
  await expect(
    answers(page)
      .last()
      .getByText(/does not fit/i),
  ).toBeVisible();
  await expect(
    answers(page)
      .last()
      .getByText(/Nothing was cut/),
  ).toBeVisible();
  await expect(questions(page).last()).toContainText('many words');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ask(page, 'short');
  await expect(answers(page).last()).toContainText('You said: short');
});

test('Enter sends, Shift+Enter breaks the line, and the up arrow edits the last question', async ({ page }) => {
  await composer(page).click();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await expect(composer(page)).toHaveValue('one\ntwo');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toHaveValue('');
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await composer(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('one\ntwo');
});
