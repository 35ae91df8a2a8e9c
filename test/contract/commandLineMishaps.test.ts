import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createAppClient } from '../../electron/headless/appClient.ts';
import { stallWarning } from '../../electron/services/generation/stallWarning.ts';
import { startChatServer } from '../fakes/chatServer.ts';
import { createCommandLine, type Ended } from '../fakes/commandLine.ts';
import { openPageWire } from '../fakes/pageWire.ts';

// What a shell, a script or a full disk does to the command line.

const root = join(import.meta.dirname, '../..');
const { folder, facet, facetProcess, json, remove } = createCommandLine();
afterAll(remove);

const tiny = ['--model', 'tiny-reader'] as const;
const linesOf = (text: string): number => text.trimEnd().split('\n').length;

/** Runs a line of shell with `facet` in it, as people pipe. */
function shell(line: string): Promise<Ended> {
  const program = `"${process.execPath}" "${join(root, 'test/fakes/scriptedFacet.ts')}"`;
  const child = spawn('bash', ['-c', line.replaceAll('facet ', `${program} `)], {
    env: { ...process.env, FACET_DATA: folder, FACET_TEST_GRACE_MS: '400' },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe('streams', () => {
  test('a reader that goes away ends it, and what was written is kept', async () => {
    const { code, stdout, stderr } = await shell(
      "set -o pipefail; facet ask --model tiny-reader 'Count [[slow 20]] [[tokens 400]]' | head -c 5",
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'word1' });
    expect(stderr).toMatch(/^facet: Cancelled\. [^\n]*\n$/);
    const chats = (await json('chats', 'list'))['chats'] as { id: string }[];
    const { messages } = (await json('chats', 'show', chats[0]?.id ?? '')) as { messages: { state?: string }[] };
    expect(messages.at(-1)).toMatchObject({ state: 'cancelled' });
  });

  test('nobody reading what is said beside the answer is no reason to stop', async () => {
    expect(await shell("facet ask --model tiny-reader --context 131072 'Hi?' 2> >(exec true)")).toMatchObject({
      code: 0,
      stdout: 'You said: Hi?\n',
    });
  });

  test.runIf(existsSync('/dev/full'))('a full disk under standard output is told, with its exit code', async () => {
    const full = openSync('/dev/full', 'w');
    for (const given of [['--version'], ['ask', ...tiny, 'Hello?'], ['models', 'list', '--json']]) {
      const { code, stderr } = await facetProcess(given, { stdout: full });
      expect({ given, code, lines: linesOf(stderr) }).toEqual({ given, code: 6, lines: 1 });
      expect(stderr).toContain('standard output could not be');
    }
    closeSync(full);
  });

  test('standard input that is closed or cannot be read is an unreadable input', async () => {
    expect((await shell("facet ask --model tiny-reader --doc - 'What?' <&-")).code).toBe(3);
    const { code, stderr } = await shell("facet ask --model tiny-reader --doc - 'What?' < /");
    expect({ code, lines: linesOf(stderr) }).toEqual({ code: 3, lines: 1 });
    expect((await shell("facet ask --model tiny-reader 'No input needed' <&-")).stdout).toBe('You said: No input needed\n');
  });
});

describe('signals', () => {
  test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends it like Ctrl-C', async (signal) => {
    const { code, stderr } = await facetProcess(['ask', ...tiny, 'Count [[slow 30]] [[tokens 500]]'], { signal, interruptAt: 'word5 ' });
    expect({ code, lines: linesOf(stderr) }).toEqual({ code: 130, lines: 1 });
  });

  test('Ctrl-C while a model is loaded', async () => {
    const data = mkdtempSync(join(folder, 'data-'));
    const { code, stdout, stderr } = await facetProcess(['ask', ...tiny, 'Hi?', '--json', '--data', data], {
      environment: { FACET_SCRIPT_LOAD_MS: '60000' },
      interruptAt: () => existsSync(join(data, 'facet.db')),
    });
    expect({ code, lines: linesOf(stderr) }).toEqual({ code: 130, lines: 1 });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cancelled' } });
    expect(await facet(['chats', 'list', '--data', data])).toMatchObject({ code: 0, stdout: '' });
  });

  test('a server that is stopped has done what it was to do', async () => {
    const { code, stdout, stderr } = await facetProcess(['serve', '--json'], { interruptAt: '"url"' });
    expect({ code, lines: linesOf(stdout), stderr }).toEqual({ code: 0, lines: 1, stderr: '' });
  });
});

describe('signals while the engine answers nothing any more', () => {
  const said = 'facet: Ended at once: what it was doing did not stop. What was written is kept.\n';

  test('a question is ended with 130 and a word', async () => {
    const { code, stderr } = await facetProcess(['ask', ...tiny, 'Count [[hang]] [[tokens 3]]'], { interruptAt: 'word3' });
    expect({ code, stderr }).toEqual({ code: 130, stderr: said });
  });

  test('a server ends in that time too, without its engine; what was written is there', async () => {
    const data = mkdtempSync(join(folder, 'served-'));
    const served = spawn(process.execPath, [join(root, 'test/fakes/scriptedFacet.ts'), 'serve', '--json'], {
      env: { ...process.env, FACET_DATA: data, FACET_TEST_GRACE_MS: '4000' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => served.on('close', resolve));
    let stderr = '';
    served.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    const line = await new Promise<string>((resolve) => served.stdout.once('data', (piece: Buffer) => resolve(piece.toString())));
    const app = await createAppClient(await openPageWire((JSON.parse(line) as { url: string }).url));
    const [model] = app.state().models;
    if (model === undefined) throw new Error('the built-in model is missing');
    await app.request('model.load', { id: model.id });
    const { id } = await app.request('conversation.create', {});
    await app.request('conversation.open', { id });
    const written = new Promise<void>((resolve) =>
      app.onEvent((event) => {
        if (JSON.stringify(event).includes('word3')) resolve();
      }),
    );
    await app.request('message.send', { conversationId: id, parentId: null, text: 'Count [[hang]] [[tokens 3]]', attachments: [] });
    await written;
    served.kill('SIGTERM');
    expect({ code: await ended, stderr }).toEqual({ code: 0, stderr: '' });
    const { messages } = (await json('chats', 'show', id, '--data', data)) as { messages: { text: string }[] };
    expect(messages.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(messages.at(-1)?.text).toContain('word3');
  });
});

describe('folders', () => {
  test('without a home, the place of the data must be named; a relative home is not believed', async () => {
    const homeless = { FACET_DATA: undefined, XDG_DATA_HOME: undefined, HOME: '' };
    const inside = join(folder, 'inside');
    mkdirSync(inside, { recursive: true });
    await facetProcess(['chats', 'list'], { environment: { ...homeless, XDG_DATA_HOME: folder }, workingFolder: inside });
    expect(existsSync(join(inside, '.local'))).toBe(false);
    expect(existsSync(join(folder, 'facet', 'facet.db'))).toBe(true);
  });

  test('a relative data folder with spaces and other letters', async () => {
    const inside = join(folder, 'inside');
    mkdirSync(inside, { recursive: true });
    const { code, stdout } = await facetProcess(['ask', ...tiny, '--data', 'Ordner mit Lücke 文', 'Hi?'], { workingFolder: inside });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'You said: Hi?\n' });
    expect(existsSync(join(inside, 'Ordner mit Lücke 文', 'facet.db'))).toBe(true);
  });
});

describe('an engine that does nothing any more', () => {
  test('is told on standard error and in the warnings, when it goes on after all', async () => {
    // A minute of standing still takes 30 looks at it.
    const { code, stdout, stderr } = await facetProcess(['ask', ...tiny, '--json', '[[prefill 6000]] [[say Here]]'], {
      environment: { FACET_TEST_BEAT_MS: '20' },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ answer: 'Here', warnings: [stallWarning] });
    expect(stderr).toMatch(/^(facet: note: nothing has happened in the engine for a minute\..*\n)+$/);
  });
});

describe('files that are none', () => {
  test('a check always says the same things, whatever it is given', async () => {
    const pipe = join(folder, 'pipe.gguf');
    execFileSync('mkfifo', [pipe]);
    for (const file of [pipe, folder, '/dev/zero', 'missing.gguf', import.meta.filename]) {
      const { code, stdout, stderr } = await facet(['models', 'check', file, '--json']);
      expect({ file, code, lines: linesOf(stderr) }).toEqual({ file, code: 4, lines: 1 });
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        kind: 'unknown',
        code: expect.any(String) as string,
        warnings: [],
        facts: null,
      });
    }
  });

  test('a picture that is missing is named as it was given', async () => {
    expect(await facet(['plan', './gone.png'])).toMatchObject({ code: 3, stderr: expect.stringContaining('gone.png') as string });
  });

  test.runIf(process.platform === 'linux')('a folder that cannot be made is told, not waited for', async () => {
    const { code, stderr } = await facet(['models', 'folder', '--move', '/proc/facet']);
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('the system allows no folder there') as string });
    expect((await facet(['models', 'folder', '--move', import.meta.filename])).stderr).toContain('it is a file');
  });
});

describe('the access token', () => {
  const token = 'hf_NeverShownToAnybody0123456789';

  test('is kept and forgotten without ever being shown', async () => {
    const ended = [await facet(['models', 'token', 'set'], `${token}\n`), await facet(['models', 'token', '--json'])];
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(JSON.parse(ended[1]?.stdout ?? '')).toEqual({ token: 'kept', keychain: false });
    expect(await json('models', 'token', 'remove')).toMatchObject({ token: 'none' });
    expect(JSON.stringify(ended)).not.toContain(token);
  });

  test('is no argument, and no other word stands in its place', async () => {
    for (const given of [[token], ['set', token], ['set', 'remove']]) {
      const { code, stdout, stderr } = await facet(['models', 'token', ...given, '--json'], '');
      expect({ given, code }).toEqual({ given, code: 2 });
      expect(stdout + stderr).not.toContain(token);
    }
    for (const typed of ['', '\n \n', `${token} and more\n`]) {
      const { code, stdout, stderr } = await facet(['models', 'token', 'set', '--json'], typed);
      expect({ typed, code }).toEqual({ typed, code: 2 });
      expect(stdout + stderr).not.toContain(token);
    }
  });
});

describe('words', () => {
  test('a near miss is named', async () => {
    expect((await facet(['aks', 'q'])).stderr).toMatch(/"aks" is no command; did you mean ask\? It is one of: ask, /);
    expect((await facet(['models', 'lst'])).stderr).toContain('did you mean list?');
    expect((await facet(['gpu', '--json'])).stderr).toContain('facet gpu needs one of: get, remove, test');
    expect((await facet(['help', 'chat'])).stderr).toContain('did you mean chats?');
  });

  test('an address is no file, and what is wrong with it is said', async () => {
    const refused = async (address: string) => {
      const { code, stderr } = await facet(['models', 'get', address]);
      return { code, stderr };
    };
    expect(await refused('ftp://models.example/x.gguf')).toEqual({ code: 2, stderr: 'facet: The address: it must begin with https://.\n' });
    expect(await refused('https://me:secret@models.example/x.gguf')).toEqual({
      code: 2,
      stderr: 'facet: The address: it must not hold a name or a password.\n',
    });
  });

  test('a server without a model, or without the one that is asked for, is told as such', async () => {
    const empty = await startChatServer({ models: [] });
    const other = await startChatServer();
    const refused = async (server: { readonly url: string }, ...more: readonly string[]) =>
      facet(['ask', '--server', `${server.url}/v1`, ...more, 'Hello?']);
    try {
      const none = await refused(empty);
      expect(none.code).toBe(6);
      expect(none.stderr).toContain('it offers no model; load one there first');
      const wrong = await refused(other, '--model', 'gemma-3-27b-it');
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toContain('--model names none of the server’s models: gemma-3-4b-it');
    } finally {
      await empty.close();
      await other.close();
    }
  });

  test('a pack and a card that are not here are told as such', async () => {
    expect(await facet(['gpu', 'remove', 'vulkan'])).toMatchObject({ code: 0, stdout: 'There is no vulkan pack here.\n' });
    expect(await json('gpu', 'remove', 'vulkan')).toEqual({ removed: null });
    const { code, stderr } = await facet(['gpu', 'test', 'Vulkan9']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'facet: NAME is no device of this machine: "Vulkan9". See them with facet models devices.\n',
    });
  });

  test('the version in JSON', async () => {
    expect(await json('--version')).toEqual({ version: '1.2.3' });
  });

  test('two variants of one model contradict each other', async () => {
    expect((await facet(['models', 'estimate', '4B:q8_0', '--quant', 'Q4_0'])).code).toBe(2);
    expect(await json('models', 'estimate', '4b:Q8_0', '--quant', 'q8-0', '--kv', 'Q8_0')).toMatchObject({
      size: '4B',
      quant: 'Q8_0',
      kv: 'q8_0',
    });
  });
});

test('every size in every variant is estimated, written in any case, and its parts make the sum', async () => {
  for (const size of ['270m', '1B', '4b', '12B', '27b']) {
    for (const quant of ['q4_0', 'Q4_K_M', 'q8-0', 'bf16']) {
      const of = async (...more: readonly string[]) =>
        (await json('models', 'estimate', `${size}:${quant}`, ...more)) as {
          size: string;
          context: number;
          total: number;
          memory: Record<string, number>;
        };
      const [small, large, half] = [
        await of('--context', '777'),
        await of('--context', '32768'),
        await of('--context', '32768', '--kv', 'Q8_0'),
      ];
      expect(small.size).toBe(size.toUpperCase());
      expect([small.context, large.context]).toEqual([777, 32_768]);
      for (const { total, memory } of [small, large, half]) expect(Object.values(memory).reduce((sum, bytes) => sum + bytes)).toBe(total);
      expect(large.memory['kv_global']).toBeGreaterThan(small.memory['kv_global'] ?? Infinity);
      expect(half.memory['kv_global']).toBeLessThan(large.memory['kv_global'] ?? 0);
    }
  }
});
