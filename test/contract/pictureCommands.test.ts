import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import { createEncoderSpeeds } from '../../electron/services/images/encoderSpeeds.ts';
import { createCommandLine } from '../fakes/commandLine.ts';
import { tiffOf } from '../fixtures/tiffOf.ts';

// What people give the command line as pictures, and what they get told.

const root = join(import.meta.dirname, '../..');
const labels = join(root, 'test/fixtures/labels');
const lease = join(root, 'test/fixtures/documents/lease.pdf');
const locked = join(root, 'test/fixtures/documents/locked.pdf');
const { folder, facet, json, remove } = createCommandLine();
const tiny = ['--model', 'tiny-reader', '--dry-run'] as const;
afterAll(remove);

beforeAll(async () => {
  const label = readFileSync(join(labels, 'receipt.png'));
  for (const name of ['label.png', 'with space.png', "quo'te.png", '写真.png', '--json.png', 'named.txt'])
    writeFileSync(join(folder, name), label);
  writeFileSync(join(folder, 'cut.png'), label.subarray(0, label.length / 2));
  writeFileSync(join(folder, 'words.png'), 'these are words');
  writeFileSync(join(folder, 'empty.png'), '');
  mkdirSync(join(folder, 'folder.png'));
  symlinkSync('loop.png', join(folder, 'loop.png'));
  execFileSync('mkfifo', [join(folder, 'pipe.png')]);
  writeFileSync(
    join(folder, 'pages.tif'),
    await tiffOf([join(labels, 'receipt.png'), join(labels, 'ticket.png'), join(labels, 'parcel.png')]),
  );
  await sharp({ create: { width: 1, height: 101, channels: 3, background: 'red' } })
    .png()
    .toFile(join(folder, 'thread.png'));
});

describe('plan', () => {
  test.each(['label.png', 'with space.png', "quo'te.png", '写真.png', 'named.txt'])('takes a file called %s', async (name) => {
    expect(await json('plan', name)).toMatchObject({ file: name, width: 224, height: 224, mode: 'auto', crops: [], tokens: 260 });
  });

  test('takes a name that begins with a dash after --', async () => {
    expect(await facet(['plan', '--mode', 'off', '--', '--json.png'])).toEqual({
      code: 0,
      stdout: '--json.png: 224 x 224 pixels, 1 view, 260 tokens\n',
      stderr: '',
    });
  });

  test.each([
    [['plan', 'nosuch.png'], 3, /There is no file/],
    [['plan', '-'], 2, /- is not supported; give a file/],
    [['plan', 'loop.png'], 3, /it is a link that leads back to itself/],
    [['plan', 'empty.png'], 3, /it is empty/],
    [['plan', 'folder.png'], 3, /it is a folder/],
    [['plan', 'pipe.png'], 3, /it is not a regular file/],
    [['ask', ...tiny, '--image', 'pipe.png', 'q'], 3, /it is not a regular file/],
    [['plan', 'cut.png'], 3, /the picture is cut off/],
    [['plan', 'thread.png'], 3, /101 times longer than wide/],
    [['plan', 'words.png'], 3, /a document, which has no views/],
    [['plan', lease], 3, /choose one of its pages with --page/],
    [['ask', ...tiny, '--image', lease, 'q'], 3, /--doc, or choose pages to look at with --page/],
    [['plan', 'label.png', '--region', '1,2,3'], 2, /--region must be x,y,width,height/],
    [['plan', 'label.png', '--region', '0,0,0,5'], 2, /--region must be x,y,width,height in whole pixels, each side 1 or more/],
    [['plan', 'label.png', '--region', '-1,0,5,5'], 2, /--region must be x,y,width,height/],
    [['plan', 'label.png', '--region', '300,0,5,5'], 2, /--region must lie inside the picture of 224 x 224 pixels/],
    [['ask', ...tiny, '--image', 'label.png', '--region', '300,0,5,5', 'q'], 2, /--region must lie inside the picture of 224 x 224 pixels/],
    [['plan', 'label.png', '--region', '1,1,5,5', '--mode', 'auto'], 2, /needs --mode region/],
    [['plan', 'label.png', '--mode', 'fine'], 2, /must be one of off, reference, auto, region/],
    [['plan', 'label.png', '--dump', 'named.txt'], 6, /it is a file and no folder/],
    [['plan', 'label.png', '--dump', 'named.txt/inside'], 6, /it is a file and no folder/],
    [['plan', 'pages.tif', '--page', '0'], 2, /--page must be a page number/],
    [['plan', 'pages.tif', '--page', '4'], 2, /--page must be from 1 to 3/],
    [['plan', 'label.png', '--page', '1'], 2, /--page is for files with pages to look at/],
    [['ask', ...tiny, '--page', '2', 'q'], 2, /--page needs exactly one --image/],
    [['plan', locked, '--page', '1'], 3, /locked\.pdf is protected by a password\. Give it with --password\./],
    [['plan', locked, '--page', '1', '--password', 'open'], 3, /That password does not open .*locked\.pdf\. Give the right one/],
    [['ask', ...tiny, '--image', locked, '--page', '1', 'q'], 3, /locked\.pdf is protected by a password\. Give it with --password\./],
    [
      ['ask', ...tiny, '--image', locked, '--page', '1', '--password', 'open', 'q'],
      3,
      /That password does not open .*locked\.pdf\. Give the right one/,
    ],
    [['ask', ...tiny, '--image', locked, '--page', '9', '--password', 'sesame', 'q'], 2, /--page must be from 1 to 5/],
  ] as const)('%j ends with %i and one line', async (given, exit, words) => {
    const { code, stdout, stderr } = await facet(given);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }, stderr).toEqual({ code: exit, stdout: '', lines: 1 });
    expect(stderr).toMatch(words);
  });

  test('boxes are cut off at the edge of the picture, and stay in their order', async () => {
    expect(await json('plan', 'label.png', '--region', '200,200,100,100', '--region', '1,2,3,4')).toMatchObject({
      mode: 'region',
      crops: [
        { x: 200, y: 200, width: 24, height: 24 },
        { x: 1, y: 2, width: 3, height: 4 },
      ],
    });
  });

  test('says that a file has more pages or frames than are shown', async () => {
    const { code, stderr } = await facet(['plan', 'pages.tif']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'facet: note: page 1 of 3 is used\n' });
  });

  test('says that a machine that is known to be slow sees less of small print than it asks for', async () => {
    const slow = join(folder, 'slow');
    mkdirSync(slow);
    const database = openDatabase(join(slow, 'facet.db'));
    createEncoderSpeeds(database).record({ projectorSha256: 'a', backend: 'CPU', side: 896 }, 500_000);
    database.close();
    const columns = join(root, 'test/fixtures/documents/twoColumns.pdf');
    const cropsOf = (stdout: string): number => (JSON.parse(stdout) as { readonly crops: readonly unknown[] }).crops.length;
    const unhurried = await facet(['plan', columns, '--page', '1', '--json']);
    const hurried = await facet(['plan', columns, '--page', '1', '--json', '--data', slow]);
    expect(cropsOf(hurried.stdout)).toBeLessThan(cropsOf(unhurried.stdout));
    expect(unhurried.stderr).toBe('');
    expect(hurried.stderr).toMatch(/seen in less detail than its small print asks for, .* too long on this machine; --region reads a part/);
    expect((await facet(['plan', columns, '--page', '1', '--mode', 'off', '--data', slow])).stderr).toBe('');
  });

  test('shows the page of a TIFF or PDF that was chosen, exactly', async () => {
    const projector = join(root, 'assets/models/tiny-reader/mmproj.gguf');
    await json('plan', 'pages.tif', '--page', '2', '--mode', 'off', '--projector', projector, '--dump', 'deep/second');
    await json('plan', join(labels, 'ticket.png'), '--mode', 'off', '--projector', projector, '--dump', 'ticket');
    expect(readFileSync(join(folder, 'deep/second/overview.png'))).toEqual(readFileSync(join(folder, 'ticket/overview.png')));
    expect(await json('plan', lease, '--page', '2', '--mode', 'off')).toMatchObject({ file: lease, width: 2479, height: 3508 });
  });
});

describe('plan --dump', () => {
  const planInto = (dump: string, ...given: readonly string[]): ReturnType<typeof facet> =>
    facet(['plan', 'label.png', '--dump', dump, ...given]);
  const boxes = ['--region', '0,0,50,50', '--region', '50,0,50,50', '--region', '0,50,50,50'];

  test('leaves the views of one picture, whatever an earlier run wrote there, and nothing else changes', async () => {
    const folderOfViews = join(folder, 'views');
    expect((await planInto('views', ...boxes)).code).toBe(0);
    writeFileSync(join(folderOfViews, 'notes.txt'), 'mine');
    writeFileSync(join(folderOfViews, 'crop-a.png'), 'mine too');
    const first = readFileSync(join(folderOfViews, 'crop-1.png'));
    expect(readdirSync(folderOfViews).toSorted()).toEqual([
      'crop-1.png',
      'crop-2.png',
      'crop-3.png',
      'crop-a.png',
      'notes.txt',
      'overview.png',
    ]);
    expect((await planInto('views', '--region', '100,100,50,50')).code).toBe(0);
    expect(readdirSync(folderOfViews).toSorted()).toEqual(['crop-1.png', 'crop-a.png', 'notes.txt', 'overview.png']);
    expect(readFileSync(join(folderOfViews, 'crop-1.png'))).not.toEqual(first);
    expect(readFileSync(join(folderOfViews, 'crop-a.png'), 'utf8')).toBe('mine too');
    expect((await sharp(join(folderOfViews, 'crop-1.png')).metadata()).width).toBe(896);
  });

  test.each([
    ['overview.png', 'label'],
    ['crop-2.png', 'label'],
    ['crop-7.png', 'words'],
  ])('writes nothing where %s is not its own', async (name, what) => {
    const own = join(folder, `own-${name}`);
    mkdirSync(own);
    const content = readFileSync(join(folder, `${what}.png`));
    writeFileSync(join(own, name), content);
    const { code, stderr } = await planInto(own, ...boxes);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `facet: --dump needs another folder: in this one, ${name} is no view that facet plan wrote, and stays.\n`,
    });
    expect(readdirSync(own)).toEqual([name]);
    expect(readFileSync(join(own, name))).toEqual(content);
  });
});

describe('ask about pictures', () => {
  test('a page of a protected PDF is looked at with its password', async () => {
    const page = await json('plan', locked, '--page', '2', '--mode', 'off', '--password', 'sesame');
    const report = await json('ask', ...tiny, '--image', locked, '--page', '2', '--password', 'sesame', 'Total?');
    expect(report['images']).toMatchObject([{ file: locked, width: page['width'], height: page['height'] }]);
    expect(page['width']).toBeGreaterThan(100);
  });

  test('pages of one file are pictures of their own, in the order given', async () => {
    const report = await json('ask', ...tiny, '--image', 'pages.tif', '--page', '3', '--page', '1', 'Total?');
    expect(report['images']).toMatchObject([
      { file: 'pages.tif', width: 224, height: 224 },
      { file: 'pages.tif', width: 224, height: 224 },
    ]);
    expect(report['warnings']).toEqual([]);
  });

  test('the same picture twice, and eight pictures', async () => {
    const twice = await json('ask', ...tiny, '--image', 'label.png', '--image', 'label.png', 'Total?');
    expect(twice['images']).toHaveLength(2);
    const eight = Array.from({ length: 8 }, () => ['--image', join(labels, 'ticket.png')]).flat();
    expect((await json('ask', ...tiny, ...eight, 'Total?'))['images']).toHaveLength(8);
  });
});
