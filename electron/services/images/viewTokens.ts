/** Around the soft tokens of a picture alone: two newlines, start, end, and two newlines, of which the first pair joins the turn's own newline. */
const aroundPicture = 4;
/** "Here is the original image", "and here are some crops to help you see better" and the spaces between blocks. */
const cropWording = 17;
/** Around the soft tokens of a crop: two newlines, start, end, two newlines, a space. */
const aroundCrop = 5;

/**
 * Tokens that a picture costs in a prompt: 260 alone on the released models, 799 with two crops and 261 for each one more.
 * @param softTokens of one view, the projector's
 */
export function viewTokens(crops: number, softTokens: number): number {
  const alone = softTokens + aroundPicture;
  return crops === 0 ? alone : alone + cropWording + crops * (softTokens + aroundCrop);
}
