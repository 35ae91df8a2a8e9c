import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Rect } from '../../shared/attachments.ts';
import { facetError, toErrorData } from '../../shared/errors.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import { readOnlyDatabase } from '../../services/database/readOnlyDatabase.ts';
import { dataFolder } from '../../services/dataFolder.ts';
import { cropsInTime } from '../../services/images/cropBudget.ts';
import { planViews } from '../../services/images/planViews.ts';
import { createEncoderSpeeds } from '../../services/images/encoderSpeeds.ts';
import { hashFile } from '../../services/models/hashFile.ts';
import { viewTokens } from '../../services/images/viewTokens.ts';
import { choice, refuse, repeated, text } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { parseRegion } from './askOptions.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { oneOperand } from './operands.ts';
import { encodePng } from '../../services/images/encodePng.ts';

const options = {
  projector: text('FILE', 'The vision part (GGUF) to plan for (default: the released models, 896 pixels)'),
  mode: choice(['off', 'reference', 'auto', 'region'], 'How the picture is cut (default: auto)'),
  region: repeated('X,Y,W,H', 'A box to read at full resolution, in pixels; may be repeated', parseRegion),
  dump: text('DIR', 'Folder for the views exactly as the model gets them'),
  ...commonOptions,
} as const;

/** Side in pixels and soft tokens of a view of the released models. */
const releasedVision = { side: 896, tokens: 256 };

/** `facet plan`: how a picture would be cut for the model. Needs no model. */
export const planCommand: Command = {
  name: 'plan',
  operands: 'FILE',
  summary: 'Show how a picture is cut into views for the model',
  options,
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    const file = oneOperand(operands, 'FILE');
    const mode = values.mode ?? (values.region.length > 0 ? 'region' : 'auto');
    if (mode === 'region' && values.region.length === 0) refuse('--mode region', 'needs at least one --region');
    if (mode !== 'region' && values.region.length > 0) refuse('--region', 'needs --mode region');
    const reader = context.openReader();
    const picture = { path: path.resolve(context.workingFolder, file), name: path.basename(file) };
    const { width, height } = await inspect(reader, picture, context.signal);
    const vision =
      values.projector === null
        ? releasedVision
        : await visionOf(reader, path.resolve(context.workingFolder, values.projector), context.signal);
    const viewMs = await measuredViewMs(values.data, values.projector, vision.side, context);
    const ink = mode === 'auto' ? await reader.request('image.profile', picture, context.signal) : null;
    const { crops } = planViews({ width, height, mode, regions: values.region, side: vision.side, ink, mostCrops: cropsInTime(viewMs) });
    if (values.dump !== null) await dump(reader, picture, crops, vision.side, path.resolve(context.workingFolder, values.dump), context);
    const tokens = viewTokens(crops.length, vision.tokens);
    const rects = crops.map(({ x, y, width: w, height: h }) => ({ x, y, width: w, height: h }));
    const predicted = viewMs === null ? null : Math.round((crops.length + 1) * viewMs);
    if (values.json) context.output.json({ file, width, height, mode, crops: rects, tokens, predicted_ms: predicted });
    else {
      const seconds = predicted === null ? '' : `, about ${(predicted / 1000).toFixed(1)} s to encode`;
      context.output.line(`${file}: ${width} x ${height} pixels, ${crops.length + 1} views, ${tokens} tokens${seconds}`);
      for (const rect of rects) context.output.line(`  ${rect.width} x ${rect.height} at ${rect.x},${rect.y}`);
    }
    return exitCodes.ok;
  },
};

interface PictureFile {
  readonly path: string;
  readonly name: string;
}

async function inspect(
  reader: ReaderClient,
  picture: PictureFile,
  signal: AbortSignal,
): Promise<{ readonly width: number; readonly height: number }> {
  const { kind, pictureToo } = await reader.request('file.identify', picture, signal);
  if (kind !== 'image' && !pictureToo)
    throw facetError('fileUnsupported', { file: picture.name, detected: 'a document, which has no views' });
  return reader.request('image.inspect', picture, signal);
}

/** @throws FacetError modelMissing or modelInvalid */
async function visionOf(
  reader: ReaderClient,
  file: string,
  signal: AbortSignal,
): Promise<{ readonly side: number; readonly tokens: number }> {
  const check = await reader.request('gguf.check', { path: file }, signal).catch((error: unknown) => {
    if (toErrorData(error).code === 'cancelled') throw error;
    throw facetError('modelMissing', { model: file }, error);
  });
  const { imageSize = null, imageTokens = null } = check.facts ?? {};
  if (!check.ok || imageSize === null || imageTokens === null) {
    throw facetError('modelInvalid', { file, check: check.code, reason: check.ok ? 'it is no vision part' : check.message });
  }
  return { side: imageSize, tokens: imageTokens };
}

/** What one view takes by what was measured here in earlier answers: of this projector, or of any whose views have this size; null when never. */
async function measuredViewMs(
  data: string | null,
  projector: string | null,
  side: number,
  context: CommandContext,
): Promise<number | null> {
  const database = path.join(dataFolder(data), 'facet.db');
  const newest = (sha256: string | null): number | null =>
    readOnlyDatabase(database, (opened) => createEncoderSpeeds(opened).newestViewMs(side, sha256));
  const ofAny = newest(null);
  if (ofAny === null || projector === null) return ofAny;
  return newest(await hashFile(path.resolve(context.workingFolder, projector), undefined, context.signal));
}

/** Writes `overview.png`, `crop-1.png` … in the order in which the model reads them. */
async function dump(
  reader: ReaderClient,
  picture: PictureFile,
  crops: readonly Rect[],
  side: number,
  folder: string,
  context: CommandContext,
): Promise<void> {
  const views = await reader.request('image.views', { ...picture, rects: [null, ...crops], side }, context.signal);
  try {
    await mkdir(folder, { recursive: true });
    for (const [index, view] of views.entries()) {
      await writeFile(path.join(folder, index === 0 ? 'overview.png' : `crop-${index}.png`), encodePng(view.rgb, side));
    }
  } catch (error) {
    throw facetError('diskFailed', { path: folder, reason: error instanceof Error ? error.message : String(error) }, error);
  }
}
