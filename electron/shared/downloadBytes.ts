import type { Model } from './models.ts';
import { projectorBytes, quantisations, weightBytes } from './weightBytes.ts';

/** The header of a released file: its vocabulary above all, in bytes. */
const headerBytes = 6_500_000;

/** Bytes of all files of a model; worked out from its size and variant where nobody has said them, and 0 where that cannot be done. */
export function downloadBytes(model: Pick<Model, 'size' | 'quantisation' | 'text' | 'projector'>): {
  readonly bytes: number;
  readonly exact: boolean;
} {
  const { size, text, projector } = model;
  // Both kinds of 16 bits are of one size.
  const quantisation = model.quantisation === 'F16' ? 'BF16' : quantisations.find((name) => name === model.quantisation);
  const released = size === 'custom' ? null : size;
  const textBytes = text.bytes ?? (released === null || quantisation === undefined ? 0 : weightBytes(released, quantisation) + headerBytes);
  const eyeBytes = projector === null ? 0 : (projector.bytes ?? (released === null ? 0 : (projectorBytes(released) ?? 0)));
  return { bytes: textBytes + eyeBytes, exact: text.bytes !== null && projector?.bytes !== null };
}
