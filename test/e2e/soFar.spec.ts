import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, ask, composer, expect, fixture, openReady, test } from './host.ts';

const gate = join(mkdtempSync(join(tmpdir(), 'facet-gate-')), 'gate');
test.use({ environment: { FACET_READER_GATE: gate, FACET_READER_PAGES: '2' } });

test('a document is asked about while it is being read, and once more when it is', async ({ page, host }) => {
  await openReady(page, host);
  await page.getByLabel('Files', { exact: true }).setInputFiles(fixture('documents/lease.pdf'));
  const card = page.getByRole('list', { name: 'Files for this message' });
  await expect(card.getByText('Pages 1–2 of 5 ready, reading on')).toBeVisible();
  const choice = page.getByRole('region', { name: 'Documents that are still being read' });
  await expect(choice).toContainText('lease.pdf: pages 1–2 of 5 ready, reading on');
  await choice.getByText('Answer from these').click();
  await composer(page).fill('Who is it about?');
  await expect(page.getByRole('region', { name: 'How the documents are read', exact: true })).toContainText('tokens');
  await ask(page, 'Who is it about?');
  await expect(answers(page).last()).toContainText('Answered from pages 1–2 of 5 of lease.pdf. The rest was still being read.');
  await expect(answers(page).last()).toContainText('Read 2 of 5 pages');
  await expect(page.getByRole('button', { name: 'Reading on, 2 of 5' })).toBeDisabled();

  writeFileSync(gate, '');
  await page.getByRole('button', { name: 'Ask again with all of it' }).click();
  await expect(answers(page).last()).toContainText('Read 5 of 5 pages');
  await expect(page.getByText('The rest was still being read.')).toHaveCount(0);
});
