import { describe, expect, it } from 'vitest';
import { numberPictures, pictureName } from '../../../../renderer/features/images/pictureNumbers.ts';
import { lease, photo, till } from '../../../fakes/preview/samples.ts';

describe('numberPictures', () => {
  it('numbers pictures in the order they came, each once, documents left out', () => {
    expect([...numberPictures(['till', 'lease', 'photo', 'till'], [lease, photo, till])]).toEqual([
      ['till', 1],
      ['photo', 2],
    ]);
  });

  it('leaves a single picture alone, however often it was asked about', () => {
    expect(numberPictures(['photo', 'lease', 'photo'], [lease, photo, till]).size).toBe(0);
    expect(pictureName(undefined, 'receipt.jpg')).toBe('receipt.jpg');
    expect(pictureName(2, 'receipt.jpg')).toBe('Picture 2: receipt.jpg');
  });
});
