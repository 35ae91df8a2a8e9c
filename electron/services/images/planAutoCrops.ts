import type { InkProfile } from '../../reader/readerContract.ts';
import type { Rect } from '../../shared/attachments.ts';
import { cutAxis, type Span } from './cutAxis.ts';
import { referenceCrops } from './referenceCrops.ts';
import { smallestType } from './smallestType.ts';
import { inkWithin, textCloseUp } from './textCloseUp.ts';

/** Size of type in a view, in pixels, from which it is read well: a patch of the encoder. The overview needs no crops then, and crops aim at it. */
const legibleType = 14;
/** A close-up of little text may show more around it, until the type has this size; of 14.5 to 17 the one with the most right answers. */
const closeUpType = 16.25;
/** The same as `mostDistortion` for a close-up of one crop, which costs nothing but what is around the text. */
const closeUpDistortion = 1.15;
/** Crops must show text at least this much larger than the overview does. */
const leastGain = 1.25;
/** Longer side of a crop over the shorter one at most; a view is square, so this is how much a crop is distorted. */
const mostDistortion = 1.45;
/** How much neighbouring crops share, as a share of a crop: more when the type is large, but never so much that the overlap costs legibility. */
const leastOverlap = 0.1;
const mostOverlap = 0.15;

/**
 * What is lost in answers read right, measured with the tiny reader on every grid of 150 pages: type a tenth smaller than legible loses a fifth of them,
 * a line cut through and type stretched far out of shape are mostly lost. A crop's price keeps their number down; it is time, not answers.
 */
const lossWeights = { smallType: 2, damage: 0.5, crop: 0.02, distortion: 0.8, closeUp: 0.05 };

export interface AutoPlan {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly ink: InkProfile;
  readonly mostCrops: number;
}

interface Grid {
  /** The part of the picture that it divides. */
  readonly area: Rect;
  readonly columns: readonly Span[];
  readonly rows: readonly Span[];
  /** View pixels per picture pixel on the worse axis, 1 at most: enlarging shows nothing new. */
  readonly scale: number;
  /** The same as the mean of both axes: type that is squeezed on one of them only is read better than its narrow side tells. */
  readonly meanScale: number;
  readonly distortion: number;
  /** How much of the text its cuts go through that no overlap keeps whole, 0..1. */
  readonly damage: number;
}

/**
 * The grid of crops that loses least: as few as make the smallest type of the picture legible, cut where little text is. It divides the whole picture, or
 * the part that has the text. No crops for a picture without text, and for one that the overview shows well enough. Blank crops are left out. Where no
 * grid of nearly square crops will do, the reference's strips.
 */
export function planAutoCrops(plan: AutoPlan): readonly Rect[] {
  const { width, height, side, ink, mostCrops } = plan;
  const type = smallestType(ink.textHeights);
  if (type === null) return [];
  const overview = Math.min(1, side / width, side / height);
  const wanted = Math.min(1, legibleType / type);
  if (overview >= wanted) return [];
  const grids = [...wholeGrids(plan, type), ...closeUpGrids(plan, type)].filter(
    (grid) => grid.distortion <= mostDistortion && grid.scale >= leastGain * overview,
  );
  const [best] = grids.sort((a, b) => loss(a, plan, wanted) - loss(b, plan, wanted) || countOf(a) - countOf(b));
  const crops = best === undefined ? referenceCrops(width, height) : cropsOf(best);
  if (crops.length > mostCrops) return [];
  return crops.filter((crop) => hasInk(crop, ink));
}

/** The whole picture in one piece is what the overview shows. */
function wholeGrids(plan: AutoPlan, type: number): readonly Grid[] {
  const whole = { x: 0, y: 0, width: plan.width, height: plan.height };
  return gridsOf(plan, whole, type).filter((grid) => countOf(grid) > 1);
}

/** As narrow as the text is, and nearly square. */
function closeUpGrids(plan: AutoPlan, type: number): readonly Grid[] {
  const { width, height, side, ink } = plan;
  const { textArea = null } = ink;
  if (textArea === null) return [];
  const least = (side * type) / closeUpType;
  const square = Math.max(least, Math.max(textArea.width, textArea.height) / closeUpDistortion);
  return [least, square].flatMap((leastSide) => {
    const area = textCloseUp({ width, height, textArea, scale: ink.scale, leastSide });
    return area === null ? [] : gridsOf({ ...plan, ink: inkWithin(ink, area) }, area, type);
  });
}

function gridsOf(plan: AutoPlan, area: Rect, type: number): readonly Grid[] {
  const grids: Grid[] = [];
  for (let columns = 1; columns <= plan.mostCrops; columns += 1) {
    for (let rows = 1; columns * rows <= plan.mostCrops; rows += 1) grids.push(gridOf(plan, area, type, columns, rows));
  }
  return grids;
}

function gridOf({ side, ink }: AutoPlan, area: Rect, type: number, columnCount: number, rowCount: number): Grid {
  const { width, height } = area;
  const { scale } = ink;
  // Across, a gap must be wider than those between words, or the cut would part a name from its number; and what is cut must fit into the overlap whole.
  const columns = cutAxis({
    length: width,
    count: columnCount,
    ink: ink.columns,
    scale,
    cleanGap: Math.max(2, 2 * type),
    overlap: overlapOf(width / columnCount, 3 * type),
  });
  const rows = cutAxis({
    length: height,
    count: rowCount,
    ink: ink.rows,
    scale,
    cleanGap: Math.max(2, 0.2 * type),
    overlap: overlapOf(height / rowCount, 1.5 * type),
  });
  const cropWidth = longest(columns.spans);
  const cropHeight = longest(rows.spans);
  return {
    area,
    columns: columns.spans,
    rows: rows.spans,
    // Rows overlap by the height of a line, which is then whole in one of them.
    damage: columns.damage / columnCount,
    scale: Math.min(1, side / cropWidth, side / cropHeight),
    meanScale: Math.sqrt(Math.min(1, side / cropWidth) * Math.min(1, side / cropHeight)),
    distortion: Math.max(cropWidth / cropHeight, cropHeight / cropWidth),
  };
}

function overlapOf(cropLength: number, wanted: number): number {
  return Math.min(mostOverlap * cropLength, Math.max(leastOverlap * cropLength, wanted));
}

function longest(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ start, end }) => end - start));
}

function countOf(grid: Grid): number {
  return grid.columns.length * grid.rows.length;
}

/** What a grid loses: type that is smaller than legible, lines that are cut through, what each crop costs, what distortion spoils, and text that was not found. */
function loss(grid: Grid, { width, height }: AutoPlan, wanted: number): number {
  const tooSmall = Math.max(0, 1 - grid.meanScale / wanted);
  return (
    lossWeights.smallType * tooSmall +
    lossWeights.damage * grid.damage +
    lossWeights.crop * countOf(grid) +
    lossWeights.distortion * Math.log(grid.distortion) ** 2 +
    (grid.area.width === width && grid.area.height === height ? 0 : lossWeights.closeUp)
  );
}

function cropsOf({ area, columns, rows }: Grid): readonly Rect[] {
  return rows.flatMap((row) =>
    columns.map((column) => ({
      x: area.x + column.start,
      y: area.y + row.start,
      width: column.end - column.start,
      height: row.end - row.start,
    })),
  );
}

/** True when any cell that the crop touches has an edge. */
function hasInk(crop: Rect, { cells, scale }: InkProfile): boolean {
  const size = cells.size * scale;
  const cellRows = Math.ceil(cells.edges.length / cells.columns);
  // Pixels beyond the last whole sample belong to the last cell.
  const last = (pixel: number, count: number): number => Math.min(count - 1, Math.floor(pixel / size));
  for (let row = last(crop.y, cellRows); row <= last(crop.y + crop.height - 1, cellRows); row += 1) {
    for (let column = last(crop.x, cells.columns); column <= last(crop.x + crop.width - 1, cells.columns); column += 1) {
      if ((cells.edges[row * cells.columns + column] ?? 0) > 0) return true;
    }
  }
  return false;
}
