import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { describeServer } from '../../../../electron/services/remote/describeServer.ts';
import { toErrorData } from '../../../../electron/shared/errors.ts';
import { type ChatServer, startChatServer } from '../../../fakes/chatServer.ts';

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tls');
// The system's authorities are read once in a process, from here on Linux.
process.env['SSL_CERT_FILE'] = join(fixtures, 'authority.crt');

let chat: ChatServer | null = null;
afterEach(async () => {
  await chat?.close();
  chat = null;
});

const describe = (url: string, host = '127.0.0.1'): ReturnType<typeof describeServer> =>
  describeServer(new URL(`${url.replace('127.0.0.1', host)}/v1`), 'secret', new AbortController().signal);

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const data = toErrorData(error);
    return data.code === 'networkFailed' ? `${data.details.host} ${data.details.reason}` : data.code;
  }
  return 'no failure';
}

const withCertificate = async (name: string): Promise<ChatServer> => {
  chat = await startChatServer({ certificate: readFileSync(join(fixtures, `${name}.pem`), 'utf8') });
  return chat;
};

// Elsewhere the system's authorities come from the keychain or the registry, which a test leaves alone.
test.runIf(process.platform === 'linux')('a certificate of an authority that is installed in the system is trusted', async () => {
  const { url } = await withCertificate('good');
  expect(await describe(url)).toMatchObject({ models: [{ name: 'gemma-3-4b-it' }] });
});

test.each([
  ['selfSigned', 'signed by itself'],
  ['expired', 'has expired; renew it there, or set this computer’s clock right'],
])('a server with the certificate %s is refused before it gets the key', async (name, expected) => {
  const { url, paths } = await withCertificate(name);
  expect(await failure(describe(url))).toContain(expected);
  expect(paths).toEqual([]);
});

test.runIf(process.platform === 'linux')('a certificate for another name is refused, and the name told', async () => {
  const { url, paths } = await withCertificate('elsewhere');
  expect(await failure(describe(url, 'localhost'))).toMatch(
    /^localhost:\d+ its certificate is not for localhost; it is for elsewhere\.example$/,
  );
  expect(paths).toEqual([]);
});

test('TLS and plain HTTP that meet each other are told apart from a server that is down', async () => {
  const { url } = await withCertificate('good');
  expect(await failure(describe(url.replace('https:', 'http:')))).toContain('does its address begin with https://?');
  await chat?.close();
  chat = await startChatServer();
  expect(await failure(describe(chat.url.replace('http:', 'https:')))).toContain('does its address begin with http://?');
});

test('a server that hangs up on TLS without a word is told the same way', async () => {
  const rude = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(rude, 'listening');
  try {
    const { port } = rude.address() as AddressInfo;
    expect(await failure(describe(`https://127.0.0.1:${String(port)}`))).toContain('does its address begin with http://?');
  } finally {
    rude.close();
  }
});
