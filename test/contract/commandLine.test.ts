import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createCommandLine } from '../fakes/commandLine.ts';
import { embeddingSpec, tinyEmbedding } from '../fakes/embeddingShapes.ts';
import { writeGguf } from '../fakes/ggufWriter.ts';

// The command line on the real services and reader, with the scripted engine in the real one's place.

const root = join(import.meta.dirname, '../..');
const { folder, facet, facetProcess, json, remove } = createCommandLine();
const label = join(root, 'test/fixtures/labels/receipt.png');
const lease = join(root, 'test/fixtures/documents/lease.pdf');
afterAll(remove);

const tiny = ['--model', 'tiny-reader'] as const;

describe('ask', () => {
  test('prints the answer and nothing else', async () => {
    expect(await facet(['ask', ...tiny, 'Hello?'])).toEqual({ code: 0, stdout: 'You said: Hello?\n', stderr: '' });
  });

  test('tells everything about the answer in one JSON document', async () => {
    const report = await json('ask', ...tiny, '--image', label, '--doc', lease, 'Total?', '--seed', '7', '--system', 'Be brief.');
    expect(report).toMatchObject({
      answer: 'You said: Total?',
      chat: expect.any(String) as string,
      model: { id: 'tiny-reader', profile: 'turns', backend: 'scripted', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      generated: { tokens: 3, stop_reason: 'end_of_turn', drafted: 0, accepted: 0 },
      images: [{ file: label, width: 224, height: 224, crops: [], cached: false }],
      documents: [{ file: lease, pages: [1, 2, 3, 4, 5].map((page) => ({ page, source: 'text' })) }],
      memory: { weights: 1_000_000, kv: 200_000, compute: 30_000, vision: 4_000 },
    });
    const { text, ids } = report['prompt'] as { text: string; ids?: unknown };
    expect(text).toContain('<start_of_image><end_of_image>');
    expect(text).toContain('Be brief.');
    expect(text).toContain('The name of the cat');
    expect(ids).toBeUndefined();
    const timings = report['timings'] as Record<string, number>;
    expect(Object.keys(timings)).toEqual(['load_ms', 'encode_ms', 'prefill_ms', 'first_token_ms', 'decode_ms']);
    expect(timings['first_token_ms']).toBeGreaterThan(timings['encode_ms'] ?? 0);
  });

  test('tells of each quotation where it stands, and of an invented one that it is not verified', async () => {
    const answer = '[[say “The monthly rent is 1,250 euros”, and “a garage is included”.]]';
    const report = await json('ask', ...tiny, '--doc', lease, answer);
    expect(report['citations']).toEqual([
      {
        document: lease,
        page: 2,
        quote: 'The monthly rent is 1,250 euros',
        verified: true,
        given: true,
        rectangles: expect.any(Array) as unknown,
      },
      { document: null, page: null, quote: 'a garage is included', verified: false, given: false, rectangles: [] },
    ]);
  });

  test('goes on with a chat', async () => {
    const first = await json('ask', ...tiny, 'One?');
    const second = await json('ask', ...tiny, '--chat', String(first['chat']), 'Two?');
    expect(second['chat']).toBe(first['chat']);
    expect((second['prompt'] as { text: string }).text).toMatch(/One\?[^]*You said: One\?[^]*Two\?/);
    const shown = await json('chats', 'show', String(first['chat']));
    expect((shown['messages'] as { text: string }[]).map(({ text }) => text)).toEqual(['One?', 'You said: One?', 'Two?', 'You said: Two?']);
  });

  test('a new system text belongs to the chat once its question is taken, not when it is refused', async () => {
    const { chat } = (await json('ask', ...tiny, '--system', 'Be kind.', 'One?')) as { chat: string };
    const system = async () => (await json('chats', 'show', chat))['system'];
    const long = 'word '.repeat(600);
    expect((await facet(['ask', ...tiny, '--context', '512', '--chat', chat, '--system', 'Be brief.', long])).code).toBe(5);
    expect(await system()).toBe('Be kind.');
    await json('ask', ...tiny, '--context', '2048', '--chat', chat, '--system', 'Be brief.', 'Two?');
    expect(await system()).toBe('Be brief.');
  });

  test('a dry run tokenises, runs nothing and keeps nothing', async () => {
    const before = (await json('chats', 'list'))['chats'];
    const report = await json('ask', ...tiny, '--image', label, '--dry-run', 'Total?');
    expect(report).toMatchObject({ answer: null, chat: null, generated: { tokens: 0, stop_reason: null } });
    const { ids, tokens } = report['prompt'] as { ids: number[]; tokens: number };
    expect(ids).toHaveLength(tokens);
    expect(ids.filter((id) => id === 262_144)).toHaveLength(16);
    expect((await json('chats', 'list'))['chats']).toEqual(before);
  });

  test('reads a document from standard input', async () => {
    const { code, stdout } = await facet(['ask', ...tiny, '--doc', '-', '--json', 'What?'], 'The safe opens with 4417.');
    const report = JSON.parse(stdout) as { prompt: { text: string }; documents: { file: string }[] };
    expect(code).toBe(0);
    expect(report.prompt.text).toContain('The safe opens with 4417.');
    expect(report.documents[0]?.file).toBe('-');
  });

  test('Ctrl-C ends it with 130, and what was written is kept', async () => {
    const { code, stdout, stderr } = await facetProcess(['ask', ...tiny, 'Count [[slow 30]] [[tokens 500]]'], { interruptAt: 'word5 ' });
    expect(code).toBe(130);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    const chats = (await json('chats', 'list'))['chats'] as { id: string }[];
    const { messages } = (await json('chats', 'show', chats[0]?.id ?? '')) as { messages: { text: string; state?: string }[] };
    expect(messages.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(messages.at(-1)?.text.startsWith(stdout.trim())).toBe(true);
  });

  test('one Ctrl-C is enough, even when the engine answers nothing any more', async () => {
    const { code, stdout } = await facetProcess(['ask', ...tiny, 'Count [[hang]] [[tokens 3]]'], { interruptAt: 'word3' });
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 130, stdout: 'word1 word2 word3' });
    const chats = (await json('chats', 'list'))['chats'] as { id: string }[];
    const { messages } = (await json('chats', 'show', chats[0]?.id ?? '')) as { messages: { role: string }[] };
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });

  test('two at once: both answer', async () => {
    const both = await Promise.all([facetProcess(['ask', ...tiny, 'A [[slow 5]] [[tokens 100]]']), facetProcess(['ask', ...tiny, 'B?'])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both[0].stdout).toContain('word100');
    expect(both[1].stdout).toBe('You said: B?\n');
  });
});

describe('what goes wrong', () => {
  const empty = join(folder, 'empty.txt');
  writeFileSync(empty, '');
  const broken = join(folder, 'broken.gguf');
  writeFileSync(broken, 'GGUF and nothing more');

  test.each([
    [[], 2, 'invalidRequest'],
    [['nonsense'], 2, 'invalidRequest'],
    [['models'], 2, 'invalidRequest'],
    [['ask'], 2, 'invalidRequest'],
    [['ask', '--temperature', '3', 'q'], 2, 'invalidRequest'],
    [['ask', '--chat', 'nope', 'q'], 2, 'notFound'],
    [['ask', '--image', 'nosuch.png', 'q'], 3, 'notFound'],
    // Inputs are read before any model is looked for.
    [['ask', '--model', 'nosuch.gguf', '--image', 'nosuch.png', 'q'], 3, 'notFound'],
    [['ask', '--doc', empty, 'q'], 3, 'fileUnreadable'],
    [['ask', '--image', folder, 'q'], 3, 'fileUnreadable'],
    [['ask', '--doc', process.execPath, 'q'], 3, 'fileUnsupported'],
    [['ask', '--image', lease, 'q'], 3, 'fileUnsupported'],
    [['ask', '--doc', label, 'q'], 3, 'fileUnsupported'],
    [['read', 'nosuch.pdf'], 3, 'notFound'],
    [['ask', 'q'], 4, 'modelMissing'],
    [['ask', '--model', '4b:Q4_0', 'q'], 4, 'modelMissing'],
    [['ask', '--model', 'nosuch.gguf', 'q'], 4, 'modelMissing'],
    [['ask', '--model', broken, 'q'], 4, 'modelInvalid'],
    [['ask', ...tiny, '--projector', 'nosuch.gguf', 'q'], 4, 'modelMissing'],
    [['models', 'get', '7B'], 4, 'modelMissing'],
    [['models', 'remove', 'tiny-reader'], 2, 'invalidRequest'],
    [['ask', ...tiny, '--context', '512', '--doc', join(root, 'package-lock.json'), 'q'], 5, 'doesNotFit'],
  ] as const)('facet %j: exit %i, %s', async (given, exit, errorCode) => {
    const { code, stdout, stderr } = await facet([...given, '--json']);
    expect({ code, stderr: stderr.trimEnd().split('\n').length }, stdout).toEqual({ code: exit, stderr: 1 });
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; details: object } };
    expect(error.code).toBe(errorCode);
    expect(`facet: ${error.message}\n`).toBe(stderr);
  });
});

test('without a model, what is suggested can do what was asked', async () => {
  const suggested = async (...given: readonly string[]) => (await facet(['ask', ...given, 'q'])).stderr;
  const picture = await suggested('--image', label);
  expect(picture).toContain('facet models get 4B');
  expect(picture).toContain('--model tiny-reader');
  expect(picture).not.toContain('starter');
  expect(await suggested('--doc', lease)).toContain('facet models get starter');
});

describe('the other commands', () => {
  test('help and version need no data', async () => {
    expect((await facet(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await facet(['--help'])).stdout).toContain('facet models get starter');
    expect((await facet(['ask', '--help'])).stdout).toContain('--dry-run');
    expect((await facet(['models', '--help'])).stdout).toContain('models import');
  });

  test('read tells page by page what was read, without a model', async () => {
    const report = await json('read', lease);
    expect(report).toMatchObject({
      file: lease,
      kind: 'pdf',
      tokens: null,
      coverage: { pages: 5, text: 5, ocr: 0, vision: 0, blank: 0, failed: 0 },
    });
    const pages = report['pages'] as { page: number; source: string; characters: number; text: string; warnings: string[] }[];
    expect(pages[4]?.text).toContain('Biscuit');
    expect(Object.keys(pages[4] ?? {})).toEqual(['page', 'source', 'characters', 'text', 'warnings', 'headings', 'tables']);
  });

  test('read opens a protected document with its password', async () => {
    const locked = join(root, 'test/fixtures/documents/locked.pdf');
    expect((await facet(['read', locked])).code).toBe(3);
    expect(await json('read', locked, '--password', 'sesame')).toMatchObject({ coverage: { text: 3 } });
  });

  test('read shows sheets with their cells, and ends with the coverage for people', async () => {
    const sales = join(root, 'test/fixtures/documents/sales.xlsx');
    const report = await json('read', sales);
    expect(report).toMatchObject({ kind: 'xlsx', coverage: { pages: 3, text: 2, ocr: 0, vision: 0, blank: 1, failed: 0 } });
    expect(report['pages']).toMatchObject([
      {
        headings: [{ level: 1, text: 'Sales', offset: 0 }],
        tables: [{ addressed: true }, { addressed: true, rowNumbers: [9, 10], columnNumbers: [4, 5], rows: [{}, [{}, { value: 4 }]] }],
      },
      { source: 'blank' },
      {},
    ]);
    const { stdout } = await facet(['read', sales]);
    expect(stdout).toMatch(/\n--- pages: 3 \(text 2, blank 1\); headings: 2; tables: 2\n$/);
  });

  test('read exports one table of a document, to a file that is not overwritten or to standard output', async () => {
    const sales = join(root, 'test/fixtures/documents/sales.xlsx');
    const several = await facet(['read', sales, '--export', 'csv']);
    expect(several.code).toBe(2);
    expect(several.stderr).toMatch(/--table must be one of 1 \(“Sales”, page 1, \d+ rows\), 2 /);
    const { code, stdout } = await facet(['read', sales, '--export', 'csv', '--table', '2']);
    expect({ code, lines: stdout.split('\r\n').length }).toEqual({ code: 0, lines: 3 });
    const file = join(folder, 'sales-2.xlsx');
    expect(await json('read', sales, '--export', 'xlsx', '--table', '2', '--output', 'sales-2.xlsx')).toEqual({ file, table: 2, rows: 1 });
    expect((await facet(['read', file])).stdout).toContain('4');
    const again = await facet(['read', sales, '--export', 'xlsx', '--table', '2', '--output', file]);
    expect({ code: again.code, told: again.stderr }).toEqual({ code: 6, told: expect.stringContaining('such a file already') as string });
    const wrong = [
      ['--export', 'csv', '--table', '9'],
      ['--export', 'pdf'],
      ['--table', '1'],
      ['--export', 'csv', '--table', '1', '--json'],
    ];
    for (const options of wrong) expect((await facet(['read', sales, ...options])).code).toBe(2);
    expect((await facet(['read', lease, '--export', 'csv'])).stderr).toContain('no table with a header and rows');
  });

  test('a folder is all documents in it; what cannot be read is named', async () => {
    const documents = join(folder, 'papers');
    mkdirSync(join(documents, 'inner'), { recursive: true });
    writeFileSync(join(documents, 'a.txt'), 'Apples cost three euros.');
    writeFileSync(join(documents, 'inner', 'b.csv'), 'Fruit,Price\nPear,4\n');
    writeFileSync(join(documents, 'empty.txt'), '');
    writeFileSync(join(documents, '.hidden'), 'no');
    const { code, stdout, stderr } = await facet(['ask', ...tiny, '--dry-run', '--json', '--doc', documents, 'What costs how much?']);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as { documents: { file: string }[] };
    expect(report.documents.map(({ file }) => file)).toEqual([join(documents, 'a.txt'), join(documents, 'inner', 'b.csv')]);
    expect(stderr).toContain('left out: ');
    expect(stderr).toContain('empty.txt could not be read: it is empty (0 bytes)');
  });

  test('plan shows the views of a picture, and writes them as the model gets them', async () => {
    const views = join(folder, 'views');
    const projector = join(root, 'assets/models/tiny-reader/mmproj.gguf');
    // A folder where nothing was ever encoded: no prediction.
    const data = join(folder, 'fresh');
    const report = await json('plan', label, '--projector', projector, '--region', '10,20,100,90', '--dump', views, '--data', data);
    expect(report).toEqual({
      file: label,
      width: 224,
      height: 224,
      mode: 'region',
      crops: [{ x: 10, y: 20, width: 100, height: 90 }],
      tokens: 16 + 4 + 17 + 16 + 5,
      predicted_ms: null,
    });
    expect(readdirSync(views)).toEqual(['crop-1.png', 'overview.png']);
    const overview = await json('plan', join(views, 'overview.png'), '--mode', 'off');
    expect(overview).toMatchObject({ width: 112, height: 112, tokens: 260 });
    expect((await facet(['plan', label, '--mode', 'region'])).code).toBe(2);
    expect((await facet(['plan', label, '--projector', join(root, 'assets/models/tiny-reader/text.gguf')])).code).toBe(4);
    expect((await facet(['plan', lease])).code).toBe(3);
  });

  test('models are checked, imported in place and forgotten', async () => {
    const file = join(root, 'assets/models/tiny-reader/text.gguf');
    expect(await json('models', 'check', file)).toMatchObject({ ok: true, kind: 'text' });
    const search = join(folder, 'search.gguf');
    writeFileSync(search, writeGguf(embeddingSpec(tinyEmbedding)));
    expect(await json('models', 'check', search)).toMatchObject({ ok: true, kind: 'text', purpose: 'search' });
    const copy = join(folder, 'copy.gguf');
    copyFileSync(file, copy);
    const { model } = (await json('models', 'import', copy)) as { model: { id: string; path: string } };
    expect(model.path).toBe(copy);
    expect(await json('models', 'remove', model.id)).toEqual({ removed: model.id });
  });

  test('models estimate tells the memory by part for a size, a file and a model that is here', async () => {
    expect(await json('models', 'estimate', '27b:q4_0', '--context', '32768', '--kv', 'q8_0')).toMatchObject({
      size: '27B',
      quant: 'Q4_0',
      context: 32_768,
      kv: 'q8_0',
      memory: { weights: 15_902_228_480, kv_global: 1_426_063_360, kv_window: 347_602_944, vision: 983_499_200 },
    });
    expect(await json('models', 'estimate', join(root, 'assets/models/tiny-reader/text.gguf'))).toMatchObject({
      size: 'custom',
      quant: 'F16',
      context: 2048,
      memory: { vision: 0 },
      verdict: 'fits',
      largest_context: 2048,
    });
    const known = (await json('models', 'estimate', 'tiny-reader')) as { memory: { vision: number } };
    expect(known.memory.vision).toBeGreaterThan(2_000_000);
    const overAsked = await facet(['models', 'estimate', '270M', '--context', '40000', '--json']);
    expect(JSON.parse(overAsked.stdout)).toMatchObject({ context: 32_768 });
    expect(overAsked.stderr).toContain('270M reads at most 32768 tokens at once');
    const search = join(folder, 'estimated.gguf');
    writeFileSync(search, writeGguf(embeddingSpec(tinyEmbedding)));
    expect(await json('models', 'estimate', search)).toMatchObject({
      context: 256,
      memory: { kv_global: 0, kv_window: 0, vision: 0, compute: 256 * (12 * (96 + 64) + 4 * 256) },
      verdict: 'fits',
      largest_context: 256,
    });
    expect((await facet(['models', 'estimate', '5B'])).code).toBe(4);
    expect((await facet(['models', 'estimate', '4B', '--quant', 'Q3_K'])).code).toBe(2);
    expect((await facet(['models', 'estimate', join(root, 'assets/models/tiny-reader/mmproj.gguf')])).code).toBe(4);
  });

  test('a model file that is missing, a folder, or not here to remove is a model problem', async () => {
    for (const given of [
      ['models', 'check', 'missing.gguf'],
      ['models', 'check', folder],
      ['models', 'remove', 'gemma-3-4b-it-qat-q4_0'],
    ]) {
      expect({ given, code: (await facet(given)).code }).toEqual({ given, code: 4 });
    }
  });

  test('an unreadable input is named as it was given', async () => {
    writeFileSync(join(folder, 'nothing.txt'), '');
    const { code, stdout } = await facet(['read', '--json', './nothing.txt']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'fileUnreadable', details: { file: './nothing.txt' } } });
  });

  test('a data folder that cannot be used is a disk problem', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { code, stdout } = await facet(['chats', 'list', '--json', '--data', join(folder, 'file')]);
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'diskFailed' } });
  });

  test('a context beyond the model, and a plan that does not fit, are warned about', async () => {
    const asked = (await json('ask', ...tiny, '--context', '131072', 'Hello?')) as { warnings: readonly string[] };
    expect(asked.warnings).toEqual([expect.stringContaining('131072')]);
    const { warnings } = (await json('ask', ...tiny, '--context', '512', '--dry-run', 'word '.repeat(600))) as {
      warnings: readonly string[];
    };
    expect(warnings).toEqual([expect.stringMatching(/does not fit.* holds 512/)]);
  });

  test('a chat is exported as Markdown, to a file that is not overwritten', async () => {
    const { chat } = (await json('ask', ...tiny, 'Export me?')) as { chat: string };
    const file = join(folder, 'chat.md');
    expect((await facet(['chats', 'export', chat])).stdout).toContain('Export me?');
    expect((await facet(['chats', 'export', chat, '--output', file])).code).toBe(0);
    expect((await facet(['chats', 'export', chat, '--output', file])).code).toBe(6);
  });
});
