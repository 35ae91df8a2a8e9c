import type { TestPageRequest, TestPageShape, TestQuestion } from '../readerContract.ts';
import { createSeededRandom, type SeededRandom } from './seededRandom.ts';

/** Fonts of the test pages, by the names under which drawTestPage registers them. */
export const testFonts = ['Test Sans', 'Test Sans Bold', 'Test Grotesque'] as const;
export type TestFont = (typeof testFonts)[number];

/** Width of a text in pixels. */
export type Measure = (text: string, font: TestFont, em: number) => number;

export interface TestLine {
  readonly text: string;
  readonly key: string;
  readonly answer: string;
  /** Left end and top of the line, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface TestPageLayout {
  readonly width: number;
  readonly height: number;
  readonly shape: TestPageShape;
  readonly font: TestFont;
  /** Size of the type in pixels of the page, and in pixels of the view that shows the whole page. */
  readonly em: number;
  readonly overviewEm: number;
  /** 0 black .. 255 white. */
  readonly paper: number;
  readonly ink: number;
  readonly lines: readonly TestLine[];
  readonly questions: readonly TestQuestion[];
}

/** The reference cuts nothing whose shorter side is under 256 pixels, whatever the model's view is; pages must be large enough for it. */
const leastPartHeight = 260;
/** Size of the type in a view that shows one part of the page, in view pixels on the axis where it is smaller. */
const leastEm = 15.5;
const mostEm = 18;

const shapes: readonly TestPageShape[] = ['wide', 'tall', 'square', 'a4'];
/** The tiny reader's words; any model reads them. */
const keys = [
  ...['Total', 'Date', 'Name', 'Invoice', 'Weight', 'Room', 'Code', 'Price', 'Tax', 'Phone', 'Order', 'Batch'],
  ...['Serial', 'Count', 'Height', 'Width', 'Floor', 'Gate', 'Seat', 'Flight', 'Zip', 'Age', 'Score', 'Level'],
];

/** How many views across and down the page is made for: from one, which shows all, to nine. */
interface Extent {
  readonly across: number;
  readonly down: number;
  /** Width over height of one of these parts. */
  readonly stretch: number;
}

const wholePage: Extent = { across: 1, down: 1, stretch: 1 };

/** By shape, from easily legible to far too small for one squeeze. */
const extents: Readonly<Record<TestPageShape, readonly Extent[]>> = {
  wide: [
    { across: 1, down: 1, stretch: 1.25 },
    { across: 2, down: 1, stretch: 1.05 },
    { across: 3, down: 1, stretch: 1 },
    { across: 4, down: 2, stretch: 0.95 },
  ],
  tall: [
    { across: 1, down: 1, stretch: 0.8 },
    { across: 1, down: 2, stretch: 1 },
    { across: 1, down: 3, stretch: 1 },
    { across: 2, down: 4, stretch: 1.05 },
  ],
  square: [
    { across: 1, down: 1, stretch: 1 },
    { across: 2, down: 2, stretch: 1 },
    { across: 2, down: 2, stretch: 0.95 },
    { across: 3, down: 3, stretch: 1 },
  ],
  a4: [
    { across: 1, down: 1, stretch: 210 / 297 },
    { across: 2, down: 2, stretch: 210 / 297 },
    { across: 2, down: 3, stretch: (3 / 2) * (210 / 297) },
    { across: 2, down: 3, stretch: (3 / 2) * (210 / 297) },
  ],
};

/**
 * One page of "Key: digits" lines. The shape goes round with the index and the size of the type with every fourth, so that any number of pages is a
 * fair mixture. Lines stand in columns, but their gutters and lines do not keep to the even cuts of the page: some are cut by them.
 * @param request the same request gives the same page
 */
export function layoutTestPage({ seed, index, side }: TestPageRequest, measure: Measure): TestPageLayout {
  const random = createSeededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const shape = shapes[index % shapes.length] ?? 'square';
  const ofShape = extents[shape];
  const extent = ofShape[Math.floor(index / shapes.length) % ofShape.length] ?? wholePage;
  const partHeight = Math.max(side, leastPartHeight) * random.between(1.05, 1.6);
  const height = Math.round(extent.down * partHeight);
  const width = Math.round(extent.across * partHeight * extent.stretch);
  const partSide = Math.max(partHeight, partHeight * extent.stretch);
  const em = Math.round((random.between(leastEm, mostEm) * partSide) / side);
  const font = random.pick(testFonts);
  const lines = placeLines({ random, extent, width, height, em, font, measure });
  const paper = random.next() < 0.6 ? random.whole(224, 255) : 255;
  const ink = random.whole(0, 90);
  const overviewEm = (em * side) / Math.max(width, height);
  return {
    width,
    height,
    shape,
    font,
    em,
    overviewEm,
    paper,
    ink,
    lines,
    questions: chooseQuestions(lines, random, extent, width, height, em),
  };
}

interface Room {
  readonly random: SeededRandom;
  readonly extent: Extent;
  readonly width: number;
  readonly height: number;
  readonly em: number;
  readonly font: TestFont;
  readonly measure: Measure;
}

function placeLines(room: Room): readonly TestLine[] {
  const { random, extent, width, em } = room;
  const gutters = Array.from({ length: extent.across + 1 }, (_, column) => {
    const inner = column > 0 && column < extent.across;
    return (width / extent.across) * (column + (inner ? random.between(-0.1, 0.1) : 0));
  });
  const slots = gutters.slice(0, -1).flatMap((left, column) => columnSlots(room, left, gutters[column + 1] ?? width));
  const most = extent.across * extent.down === 1 ? random.whole(3, 6) : random.whole(6, 14);
  const names = random.shuffled(keys);
  return random
    .shuffled(slots)
    .slice(0, Math.min(most, names.length))
    .flatMap((slot, index) => lineIn(slot, names[index] ?? '', room))
    .filter(({ x, width: lineWidth }) => x + lineWidth <= width - 0.2 * em);
}

interface Slot {
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

function columnSlots({ random, height, em }: Room, left: number, right: number): readonly Slot[] {
  const pitch = em * random.between(1.3, 2.2);
  const slots: Slot[] = [];
  const indent = random.between(0.25, 0.6) * em;
  for (let y = random.between(0.25 * em, pitch); y + 1.25 * em <= height; y += pitch) {
    slots.push({ x: Math.round(left + indent), y: Math.round(y), room: right - left - indent - 0.3 * em });
  }
  return slots;
}

/** The line with as many digits as it may have, or none where not even three fit. */
function lineIn(slot: Slot, key: string, { random, em, font, measure }: Room): readonly TestLine[] {
  const digits = Array.from({ length: random.whole(3, 6) }, () => String(random.whole(0, 9))).join('');
  for (let length = digits.length; length >= 3; length -= 1) {
    const answer = digits.slice(0, length);
    const text = `${key}: ${answer}`;
    const width = measure(text, font, em);
    if (width <= slot.room) return [{ text, key, answer, x: slot.x, y: slot.y, width }];
  }
  return [];
}

/** Two lines to ask for: one that an even cut would split, where there is one, and any other. */
function chooseQuestions(
  lines: readonly TestLine[],
  random: SeededRandom,
  extent: Extent,
  width: number,
  height: number,
  em: number,
): readonly TestQuestion[] {
  const crosses = (start: number, end: number, length: number, parts: number): boolean =>
    Array.from({ length: parts - 1 }, (_, cut) => ((cut + 1) * length) / parts).some((cut) => start < cut && cut < end);
  const asked = random.shuffled(lines).map(({ key, answer, x, y, width: lineWidth }) => ({
    key,
    answer,
    // Letters reach from a sixth of the type's size below its top to its base line.
    split: crosses(x, x + lineWidth, width, extent.across) || crosses(y + 0.15 * em, y + 0.95 * em, height, extent.down),
  }));
  const split = asked.find((question) => question.split);
  return (split === undefined ? asked : [split, ...asked.filter((question) => question !== split)]).slice(0, 2);
}
