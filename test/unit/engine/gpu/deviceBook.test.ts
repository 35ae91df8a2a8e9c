import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeviceWork, openDeviceBook } from '../../../../electron/engine/gpu/deviceBook.ts';

const card = 'Vulkan0, driver 1';
const placement = { device: 'Vulkan0', layers: -1, visionOnCpu: false, contextTokens: 8192 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-devices-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that began this work and is gone. */
function endDuring(work: DeviceWork): void {
  openDeviceBook(folder).begin(card, work);
  const path = join(folder, 'devices.json');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"pid": ${process.pid}`, '"pid": 999999999'));
}
const reopened = () => openDeviceBook(folder, (pid) => pid !== 999_999_999);

test('a finding is there for the next process', () => {
  openDeviceBook(folder).found(card, { fault: '', cacheFault: 'it is slow' });
  expect(reopened().finding(card)).toEqual({ fault: '', cacheFault: 'it is slow' });
  expect(reopened().finding('Vulkan0, driver 2')).toBeNull();
});

test.each(['test', 'run', 'start'] as const)('a device over which the engine ended twice in a row is not used: %s', (kind) => {
  endDuring({ kind });
  // It may have been the power.
  expect(reopened().finding(card)).toBeNull();
  endDuring({ kind });
  expect(reopened().finding(card)?.fault).toMatch(/^the engine ended twice /);
});

test('an end is forgotten when the same work went well', () => {
  endDuring({ kind: 'run' });
  reopened().begin(card, { kind: 'run' })();
  endDuring({ kind: 'run' });
  expect(reopened().finding(card)).toBeNull();
});

test('a place over which the engine ended once is not tried again', () => {
  endDuring({ kind: 'load', model: 'm', placement, freeBytes: 5 });
  expect(reopened().failures(card, 'm')).toEqual([{ model: 'm', placement, freeBytes: 5, reason: 'the engine ended over it', died: true }]);
  expect(reopened().failures(card, 'another')).toEqual([]);
});

test('work of another process that is still there is not an end', () => {
  openDeviceBook(folder).begin(card, { kind: 'run' });
  openDeviceBook(folder).begin(card, { kind: 'run' });
  expect(openDeviceBook(folder, () => true).finding(card)).toBeNull();
});

test('a test by hand forgets everything before', () => {
  endDuring({ kind: 'run' });
  endDuring({ kind: 'run' });
  const book = reopened();
  book.forget(card);
  expect([book.finding(card), book.failures(card, 'm')]).toEqual([null, []]);
});

test.each(['', '{', '[]', 'null', '{"a": 1}'])('a damaged file is an empty one: %j', (content) => {
  writeFileSync(join(folder, 'devices.json'), content);
  const book = reopened();
  expect(book.finding(card)).toBeNull();
  book.found(card, { fault: 'x', cacheFault: '' });
  expect(reopened().finding(card)?.fault).toBe('x');
});

test('a folder that cannot be written costs no answer', () => {
  writeFileSync(join(folder, 'file'), '');
  const book = openDeviceBook(join(folder, 'file', 'gpu'));
  expect(() => book.found(card, { fault: '', cacheFault: '' })).not.toThrow();
});
