import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkGguf } from '../../../../electron/reader/gguf/checkGguf.ts';
import { writeGguf } from '../../../fakes/ggufWriter.ts';
import { tinyProjectorSpec, tinyTextSpec } from '../../../fakes/tinyGemma.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-gguf-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const seeds = [writeGguf(tinyTextSpec()), writeGguf(tinyProjectorSpec())] as const;
const headerBytes = 12_000;
/** Ample for a slow machine; the tests measure nothing. */
const patienceMs = 120_000;
/** One damage: bytes written over, a 64-bit number replaced by an awkward one, or a cut. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('bytes' as const), at: fc.nat(headerBytes), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  fc.record({
    kind: fc.constant('number' as const),
    at: fc.nat(headerBytes),
    value: fc.constantFrom(0n, 1n, 0xffn, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(60_000) }),
);

test('no damage makes the checker throw, and what it lets pass has consistent facts', { timeout: patienceMs }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), fc.array(damage, { minLength: 1, maxLength: 4 }), async (seed, damages) => {
      let bytes = Buffer.from(seed);
      for (const one of damages) {
        const at = Math.min(one.at, Math.max(0, bytes.length - 8));
        if (one.kind === 'cut') bytes = bytes.subarray(0, at);
        else if (bytes.length < 8) continue;
        else if (one.kind === 'number') bytes.writeBigUInt64LE(one.value, at);
        else bytes.set(one.bytes.subarray(0, bytes.length - at), at);
      }
      const path = join(folder, 'model.gguf');
      writeFileSync(path, bytes);
      const result = await checkGguf(path);
      expect(result.ok).toBe(result.code === 'ok');
      expect(result.ok).toBe(result.facts !== null);
      expect(result.message).not.toBe('');
      if (result.facts !== null && result.kind === 'text') {
        expect(result.facts.layers).toBe(2);
        expect(result.facts.embeddingLength).toBe(16);
      }
    }),
    { numRuns: 1_000, seed: 20_261_124 },
  );
});

test('every single byte of the header may be any byte', { timeout: patienceMs }, async () => {
  const path = join(folder, 'model.gguf');
  const bytes = Buffer.from(seeds[1]);
  for (let at = 0; at < 2_400; at++) {
    const original = bytes[at]!;
    for (const value of [0x00, 0xff, original ^ 1]) {
      bytes[at] = value;
      writeFileSync(path, bytes);
      const result = await checkGguf(path);
      expect(result.ok).toBe(result.code === 'ok');
    }
    bytes[at] = original;
  }
});
