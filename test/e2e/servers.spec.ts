import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { type ChatServer, startChatServer } from '../fakes/chatServer.ts';
import { expectAccessible } from './expectAccessible.ts';
import { test as base, answers, ask, composer, expect, openReady } from './host.ts';

/** The way to `gpu.lan`, a computer that no name server knows: a proxy that passes every request on to the server beside it. */
async function startWay(chat: ChatServer): Promise<http.Server> {
  const way = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gpu.lan');
    const onward = http.request(new URL(pathname, chat.url), { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return way;
}

const test = base.extend<{ readonly chat: ChatServer }>({
  chat: async ({ browserName: _browser }, use) => {
    const chat = await startChatServer();
    await use(chat);
    await chat.close();
  },
  environment: async ({ chat }, use) => {
    const way = await startWay(chat);
    const address = `http://127.0.0.1:${String((way.address() as AddressInfo).port)}`;
    await use({ HTTP_PROXY: address, http_proxy: address, NO_PROXY: '', no_proxy: '' });
    way.closeAllConnections();
    way.close();
  },
});

/** Names the server in the settings and takes its model. */
async function useServer(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Servers' }).click();
  await page.getByLabel('Address').fill('http://gpu.lan');
  await page.getByRole('button', { name: 'Look what it runs' }).click();
  await page.getByRole('button', { name: 'Add this model' }).click();
  await expect(page.getByRole('list', { name: 'Servers' })).toContainText('gpu.lan');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+m');
  await page
    .getByRole('list', { name: 'Models' })
    .getByRole('listitem')
    .filter({ hasText: 'gpu.lan' })
    .getByRole('button', { name: /^Use / })
    .click();
  await page.keyboard.press('Escape');
}

test('a chat goes to a server after one question for each chat, and never while Facet stays offline', async ({ page, host, chat }) => {
  await openReady(page, host);
  await useServer(page);
  const dialog = page.getByRole('alertdialog', { name: 'Send this chat to gpu.lan?' });
  const send = async (text: string): Promise<void> => {
    await composer(page).fill(text);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  };

  await send('What is the total?');
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'the question before a chat leaves');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(composer(page)).toHaveValue('What is the total?');
  expect(chat.requests).toHaveLength(0);
  await expect(page.locator('[data-conversation]'), 'no empty chat stays').toHaveCount(0);

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByRole('button', { name: 'Send to gpu.lan' }).click();
  await expect(answers(page).last()).toContainText('The total is 8352.');
  await ask(page, 'Are you sure?');
  await expect(dialog).toHaveCount(0);
  const sent = chat.requests.length;
  expect(sent).toBeGreaterThanOrEqual(2);

  await page.keyboard.press('Control+n');
  await send('Another chat');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Servers' }).click();
  await page.getByRole('switch', { name: 'Stay offline' }).click();
  await page.keyboard.press('Escape');
  const before = chat.requests.length;
  await page.locator('[data-conversation]').last().click();
  await expect(answers(page)).toHaveCount(2);
  await send('And offline?');
  await expect(answers(page).last()).toContainText(/stay offline/);
  expect(chat.requests).toHaveLength(before);
});
