import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxAfterKey, boxBetween, leastSide, middleBox, moveBox, type Size, sizeBox } from '../../../../renderer/features/images/boxes.ts';
import type { Rect } from '../../../../electron/shared/attachments.ts';

const size = { width: 400, height: 200 };

describe('boxes on a picture', () => {
  it('are drawn in any direction, and end at the edges', () => {
    const box = { x: 10, y: 20, width: 91, height: 30 };
    expect(boxBetween({ x: 10.4, y: 20 }, { x: 100.2, y: 50 }, size)).toEqual(box);
    expect(boxBetween({ x: 100.2, y: 50 }, { x: 10.4, y: 20 }, size)).toEqual(box);
    expect(boxBetween({ x: 300, y: 150 }, { x: 900, y: 900 }, size)).toEqual({ x: 300, y: 150, width: 100, height: 50 });
  });

  it('are moved without a change of size, and sized without a change of place', () => {
    const box = { x: 100, y: 50, width: 100, height: 50 };
    expect(moveBox(box, { x: 900, y: -900 }, size)).toEqual({ x: 300, y: 0, width: 100, height: 50 });
    expect(sizeBox(box, { x: 900, y: -900 }, size)).toEqual({ x: 100, y: 50, width: 300, height: leastSide });
  });

  it('follow the arrow keys and no others', () => {
    const box = middleBox(size);
    expect(box).toEqual({ x: 100, y: 50, width: 200, height: 100 });
    expect(boxAfterKey(box, 'ArrowRight', false, size)).toEqual({ ...box, x: 108 });
    expect(boxAfterKey(box, 'ArrowDown', true, size)).toEqual({ ...box, height: 108 });
    expect(boxAfterKey(box, 'Enter', false, size)).toBeNull();
  });

  it('are always whole pixels inside the picture, whatever is done', () => {
    const place = fc.record({ x: fc.double({ min: -5000, max: 5000, noNaN: true }), y: fc.double({ min: -5000, max: 5000, noNaN: true }) });
    const picture = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(picture, place, place, place, (any, from, to, by) => {
        const box = boxBetween(from, to, any);
        for (const each of [box, moveBox(box, by, any), sizeBox(box, by, any), middleBox(any)]) expectInside(each, any);
      }),
    );
  });
});

function expectInside(box: Rect, { width, height }: Size): void {
  expect(Object.values(box).every(Number.isInteger)).toBe(true);
  expect(box.x >= 0 && box.y >= 0 && box.width >= 1 && box.height >= 1).toBe(true);
  expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
}
