import type { InkProfile } from '../../reader/readerContract.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { PanScanMode, Rect } from '../../shared/attachments.ts';
import { planAutoCrops } from './planAutoCrops.ts';
import { referenceCrops } from './referenceCrops.ts';
import { regionCrops } from './regionCrops.ts';

/** Crops of one picture at most in mode `auto`: with the overview about 2,600 tokens on the released models. */
export const mostAutoCrops = 9;

export interface ViewsToPlan {
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly mode: PanScanMode;
  /** For mode `region`: the user's boxes. */
  readonly regions: readonly Rect[];
  /** Side of a view in pixels: the projector's. */
  readonly side: number;
  /** For mode `auto`; null when it is not known, and then the reference crops are taken. */
  readonly ink: InkProfile | null;
  /** For mode `auto`: the budget, {@link mostAutoCrops} when absent. */
  readonly mostCrops?: number;
}

/**
 * Where a picture is cut, besides the overview that always comes first. Rows of crops from the top, each from the left; in mode `region` in the
 * user's order. The same input always gives the same crops, so that what the model read is found again.
 * @throws FacetError invalidRequest for boxes outside the picture
 */
export function planViews(options: ViewsToPlan): { readonly crops: readonly Rect[] } {
  const { width, height, mode, regions, side, ink, mostCrops = mostAutoCrops } = options;
  switch (mode) {
    case 'off':
      return { crops: [] };
    case 'reference':
      return { crops: referenceCrops(width, height) };
    case 'region':
      return { crops: regionCrops(width, height, regions) };
    case 'auto': {
      const crops = ink === null ? referenceCrops(width, height) : planAutoCrops({ width, height, side, ink, mostCrops });
      return { crops: crops.length <= mostCrops ? crops : [] };
    }
    default:
      return assertNever(mode, 'Pan & Scan mode');
  }
}
