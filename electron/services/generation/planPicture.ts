import type { ImagePlan } from '../../shared/attachments.ts';
import type { AttachmentUse } from '../../shared/conversations.ts';
import { viewTokens } from '../images/viewTokens.ts';
import type { GenerationParts } from './generationParts.ts';

/** The released models' projector: what a plan is made for while no model that sees is loaded. */
const releasedVision = { side: 896, tokens: 256 };

/**
 * How a picture would be looked at, and what that costs. Nothing is decoded or encoded.
 * @throws FacetError notFound, invalidRequest for what is not a picture that was read
 */
export async function planPicture(use: AttachmentUse, { attachments, encoder, host, planner }: GenerationParts): Promise<ImagePlan> {
  const { sha256 } = await attachments.settled(use.attachmentId);
  const active = host.active();
  const vision = active?.loaded.vision ?? releasedVision;
  const crops = planner.crops(use, active, vision.side);
  const { ready, ms } = encoder.predict(sha256, [null, ...crops], vision.side);
  return {
    crops,
    side: vision.side,
    tokens: viewTokens(crops.length, vision.tokens),
    ready,
    predictedMs: ms,
  };
}
