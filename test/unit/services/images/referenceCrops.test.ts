import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceCrops } from '../../../../electron/services/images/referenceCrops.ts';
import type { Rect } from '../../../../electron/shared/attachments.ts';

interface Golden {
  readonly panScan: readonly { readonly width: number; readonly height: number; readonly crops: readonly Rect[] }[];
}

const golden = JSON.parse(readFileSync(new URL('../../../fixtures/images/views/golden.json', import.meta.url), 'utf8')) as Golden;

describe('referenceCrops', () => {
  it('has golden cases with and without crops, of each number of crops', () => {
    expect(new Set(golden.panScan.map(({ crops }) => crops.length))).toEqual(new Set([0, 2, 3, 4]));
    expect(golden.panScan.length).toBeGreaterThan(120);
  });

  it.each(golden.panScan)('cuts $width x $height as the reference processor does', ({ width, height, crops }) => {
    expect(referenceCrops(width, height)).toEqual(crops);
  });
});
