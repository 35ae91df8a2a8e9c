import { readFileSync } from 'node:fs';
import { answers, ask, builtFacet, expect, fixture, openReady, test } from './host.ts';

// The real addon and the built-in tiny reader: pictures in, right answers out.
test.use({ program: builtFacet });

const labels = JSON.parse(readFileSync(fixture('labels/answers.json'), 'utf8')) as readonly {
  readonly file: string;
  readonly answers: Readonly<Record<string, string>>;
}[];

test('labels are read right', async ({ page, host }) => {
  await openReady(page, host);
  for (const label of labels) {
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await page.getByLabel('Files', { exact: true }).setInputFiles(fixture(`labels/${label.file}`));
    await expect(page.getByText(/1 view · \d+ tokens/).last()).toBeVisible();
    await ask(page, 'Total?');
    await expect(answers(page).last()).toContainText(label.answers['Total'] ?? 'none');
  }
});
