import { findTextPieces, type TextPiece } from './findTextPieces.ts';
import { halved, type Samples } from './lumaSamples.ts';

/** A picture with fewer samples than this on its shorter side is not thinned out further. */
const leastSide = 128;
/** Text at a finer resolution counts from this many pieces on (half a line of small print), or when it is this share of the most that is found at any. */
const leastPieces = 12;
const leastShare = 0.3;

/** A picture at the resolution at which its text stands out, and the text found there. */
export interface TextResolution {
  readonly samples: Samples;
  readonly pieces: readonly TextPiece[];
}

/**
 * Cameras draw large type soft: from pixel to pixel its edges hardly show, and at half or a quarter of the resolution they do. The finest resolution with a
 * fair share of the text is taken, so that small print beside large type counts; without any text, the finest.
 */
export function textResolution(finest: Samples): TextResolution {
  const found: TextResolution[] = [];
  for (let samples = finest; ; samples = halved(samples)) {
    found.push({ samples, pieces: findTextPieces(samples) });
    if (Math.min(samples.width, samples.height) < 2 * leastSide) break;
  }
  // Pieces of text are as wide as their resolution is coarse.
  const longest = Math.max(...found.map(({ samples, pieces }) => pieces.length * samples.scale));
  const counts = ({ samples, pieces }: TextResolution): boolean =>
    pieces.length >= leastPieces || pieces.length * samples.scale >= leastShare * longest;
  return found.find(counts) ?? { samples: finest, pieces: [] };
}
