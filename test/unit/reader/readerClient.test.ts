import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createForkStarter } from '../../../electron/children/forkStarter.ts';
import { createSupervisor, type Supervisor } from '../../../electron/children/supervisor.ts';
import { createReaderClient, type ReaderClientOptions } from '../../../electron/reader/readerClient.ts';
import { FacetError, type ErrorData } from '../../../electron/shared/errors.ts';

const root = path.join(import.meta.dirname, '../../..');
const file = (name: string) => ({ path: path.join(root, 'test/fixtures', name), name: path.basename(name) });
const picture = file('images/decode/orientation6.jpg');
const pdf = { ...file('documents/mixed.pdf'), readId: 'r', password: null };

let supervisor: Supervisor;

/** The real reader in a process of its own. */
function startReader(timeCaps: ReaderClientOptions['timeCaps'] = {}): ReturnType<typeof createReaderClient> {
  const starter = createForkStarter({ entries: { engine: '', reader: path.join(root, 'electron/reader/readerMain.ts') }, env: {} });
  supervisor = createSupervisor({ name: 'reader', starter, restartBudget: { count: 10, windowMs: 60_000, delayMs: 1 } });
  return createReaderClient({ supervisor, timeCaps });
}

function killReader(): void {
  process.kill(supervisor.pid() ?? 0, 'SIGKILL');
}

async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof FacetError)) throw new Error(`not refused properly: ${String(outcome)}`);
  return outcome.data;
}

afterEach(() => supervisor.stop());

describe('the reader in its own process', () => {
  it('decodes, gives views as bytes, and reads with progress', async () => {
    const reader = startReader();
    expect(await reader.request('image.inspect', picture)).toEqual({ format: 'jpeg', width: 60, height: 40, warnings: [] });
    const [view] = await reader.request('image.views', { ...picture, rects: [null], side: 112 });
    expect(view?.rgb).toBeInstanceOf(Uint8Array);
    expect(view?.rgb.length).toBe(112 * 112 * 3);
    const pages: number[] = [];
    const document = await reader.request('document.read', pdf, undefined, (page, of) => pages.push(page * 10 + of));
    expect(document.coverage.pages).toBe(5);
    expect(pages).toEqual([15, 25, 35, 45, 55]);
  });

  it('gives errors as they are, with their details', async () => {
    const reader = startReader();
    expect(await refusal(reader.request('image.inspect', file('images/decode/half.png')))).toEqual({
      code: 'fileUnreadable',
      details: { file: 'half.png', reason: 'the picture is cut off: its end is missing' },
    });
    expect(await refusal(reader.request('image.inspect', file('documents/mixed.pdf')))).toMatchObject({ code: 'fileUnsupported' });
    expect(await refusal(reader.request('document.read', { ...picture, readId: 'r', password: null }))).toMatchObject({
      code: 'fileUnsupported',
    });
  });

  it('names the file that it died of, and reads the next one', async () => {
    const reader = startReader();
    await reader.request('file.identify', picture);
    const reading = reader.request('document.read', pdf);
    killReader();
    expect(await refusal(reading)).toEqual({ code: 'readerStopped', details: { file: 'mixed.pdf', reason: 'it was ended by SIGKILL' } });
    expect(await reader.request('image.inspect', picture)).toMatchObject({ width: 60 });
  });

  it('asks again for files that were open when it died of another', async () => {
    const reader = startReader();
    await reader.request('file.identify', picture);
    const both = Promise.all([reader.request('document.read', pdf), reader.request('image.inspect', picture)]);
    killReader();
    const [document, image] = await both;
    expect(document.coverage.text).toBe(3);
    expect(image.width).toBe(60);
  });

  it('kills a reader that takes too long, and says so', async () => {
    const reader = startReader({ 'image.inspect': 1 });
    expect(await refusal(reader.request('image.inspect', picture))).toEqual({
      code: 'readerStopped',
      details: { file: 'orientation6.jpg', reason: 'it took longer than 0.001 s' },
    });
    expect(await reader.request('file.identify', picture)).toEqual({ kind: 'image', format: 'jpeg', pictureToo: false });
  });

  it('stops reading when it is no longer wanted', async () => {
    const reader = startReader();
    const controller = new AbortController();
    const reading = reader.request('document.read', pdf, controller.signal, () => controller.abort());
    expect((await refusal(reading)).code).toBe('cancelled');
  });
});
