import { answers, composer, expect, openReady, test } from './host.ts';

test('a document that does not fit is refused with the numbers; reading what fits the question then answers it', async ({ page, host }) => {
  await openReady(page, host);
  const lines = Array.from({ length: 900 }, (_, line) => `Paragraph ${String(line)} tells about the roof, the rent and the repairs.\n\n`);
  lines[600] = 'The chimney is cleaned in the second week of October.\n\n';
  await page
    .getByLabel('Files', { exact: true })
    .setInputFiles({ name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('')) });
  await page.getByRole('radio', { name: /Whole/ }).check({ force: true });
  await composer(page).fill('When is the chimney cleaned?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const answer = answers(page).last();
  await expect(answer).toContainText(/does not fit/);
  await expect(answer).toContainText(/Nothing was cut/);
  await answer.getByRole('button', { name: 'Read only the parts that fit the question' }).click();
  await expect(answer).toContainText('You said: When is the chimney cleaned?');
  await expect(answer).toContainText(/Read \d+ % of the text/);
  await expect(answers(page)).toHaveCount(1);
});
