import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, ask, expect, type Host, openReady, questions, send, test } from './host.ts';

/** Process ids of the host's engine child. */
function enginesOf(host: Host): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return Number(parent) === host.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('scriptedEngine');
      } catch {
        // Ended since it was listed.
        return false;
      }
    });
}

test('killed while it reads the prompt: the question stays, and trying again answers it', async ({ page, host }) => {
  await openReady(page, host);
  await send(page, 'Read this [[die prefill]] [[say All read.]]');
  await expect(
    answers(page)
      .last()
      .getByText(/engine stopped/i),
  ).toBeVisible();
  await expect(questions(page).last()).toContainText('Read this');
  await ask(page, 'Are you back?');
  await expect(answers(page).last()).toContainText('You said: Are you back?');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'About' }).click();
  const reported = page.getByRole('list', { name: 'What the engine reported' });
  await expect(reported).toContainText('the engine stopped');
  await expect(reported).not.toContainText('Read this');
});

test('killed while it writes: the words stay, and Continue finishes the same answer', async ({ page, host }) => {
  await openReady(page, host);
  await send(page, 'Count [[die decode]] [[tokens 60]]');
  await expect(
    answers(page)
      .last()
      .getByText(/Engine restarted/),
  ).toBeVisible();
  await expect(answers(page).last()).toContainText('word20');
  await answers(page).last().getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(answers(page).last()).toContainText('word60');
  await expect(answers(page)).toHaveCount(1);
  const words = (await answers(page).last().innerText()).match(/word\d+/g) ?? [];
  expect(words).toEqual(Array.from({ length: 60 }, (_, index) => `word${index + 1}`));
});

test('killed from outside in the middle of an answer: nothing that was shown is lost', async ({ page, host }) => {
  await openReady(page, host);
  await send(page, 'Count [[slow 30]] [[tokens 300]]');
  await expect(answers(page).last()).toContainText('word20 ');
  const engines = enginesOf(host);
  expect(engines).toHaveLength(1);
  for (const pid of engines) process.kill(pid, 'SIGKILL');
  await expect(
    answers(page)
      .last()
      .getByText(/engine stopped/i),
  ).toBeVisible();
  await expect(answers(page).last()).toContainText('word20');
  await page.reload();
  await page.locator('[data-conversation]').first().click();
  await expect(answers(page).last()).toContainText('word20');
});

test.describe('killed while the model loads', () => {
  const fatal = join(tmpdir(), `facet-e2e-die-in-load-${process.pid}`);
  test.use({
    environment: {
      FACET_SCRIPT_DIE_IN_LOAD: fatal,
      FACET_SCRIPT_LOAD_MS: '400',
    },
  });
  test.beforeEach(() => writeFile(fatal, ''));

  test('it is started and loaded again, and answers', async ({ page, host }) => {
    await openReady(page, host);
    await ask(page, 'Still there?');
    await expect(answers(page).last()).toContainText('You said: Still there?');
  });
});

test.describe('an engine that does nothing any more', () => {
  // A minute of standing still takes 30 looks at it.
  test.use({ environment: { FACET_TEST_BEAT_MS: '40' } });

  test('is told in the place of the answer, and restarted on request: the words stay', async ({ page, host }) => {
    await openReady(page, host);
    await send(page, 'Count [[hang]] [[tokens 5]]');
    const answer = answers(page).last();
    await expect(answer).toContainText('word5');
    await expect(answer.getByRole('status')).toContainText('The engine has done nothing for a minute');
    await answer.getByRole('button', { name: 'Restart the engine' }).click();
    await expect(answer.getByText(/Engine restarted/)).toBeVisible();
    await expect(answer).toContainText('word5');
    await expect(answer.getByRole('status')).toHaveCount(0);
    await ask(page, 'Are you back?');
    await expect(answers(page).last()).toContainText('You said: Are you back?');
  });
});
