import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImageFacts, PanScanMode, Rect } from '../../shared/attachments.ts';
import { facetError, toErrorData } from '../../shared/errors.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import { readOnlyDatabase } from '../../services/database/readOnlyDatabase.ts';
import { checkSource } from '../../services/attachments/contentStore.ts';
import { dataFolder } from '../../services/dataFolder.ts';
import { cropsInTime } from '../../services/images/cropBudget.ts';
import { lessDetail } from '../../services/images/lessDetail.ts';
import { planViews } from '../../services/images/planViews.ts';
import { createEncoderSpeeds } from '../../services/images/encoderSpeeds.ts';
import { hashFile } from '../../services/models/hashFile.ts';
import { viewTokens } from '../../services/images/viewTokens.ts';
import { choice, refuse, repeated, single, text } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { parsePage, parseRegion } from './askOptions.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { dumpViews } from './dumpViews.ts';
import { oneOperand } from './operands.ts';
import type { Output } from '../output.ts';

const options = {
  projector: text('FILE', 'The vision part (GGUF) to plan for (default: the released models, 896 pixels)'),
  mode: choice(['off', 'reference', 'auto', 'region'], 'How the picture is cut (default: auto)'),
  region: repeated('X,Y,W,H', 'A box to read at full resolution, in pixels; may be repeated', parseRegion),
  page: single('N', 'A page of a TIFF or PDF, to be looked at (default: the first of a TIFF)', parsePage),
  password: text('TEXT', 'Password of a protected PDF given with --page'),
  dump: text('DIR', 'Folder for the views exactly as the model gets them; those of an earlier run there are replaced'),
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
    if (file === '-') refuse('-', 'is not supported; give a file');
    const mode = values.mode ?? (values.region.length > 0 ? 'region' : 'auto');
    if (mode === 'region' && values.region.length === 0) refuse('--mode region', 'needs at least one --region');
    if (mode !== 'region' && values.region.length > 0) refuse('--region', 'needs --mode region');
    const reader = context.openReader();
    const { picture, close } = await openPicture(reader, file, values, context);
    try {
      const planned = { ...(await planPicture(reader, picture, { ...values, mode }, context)), file, mode };
      if (values.json) context.output.json(planReport(planned));
      else printPlan(planned, context.output);
    } finally {
      await close();
    }
    return exitCodes.ok;
  },
};

interface Planned {
  readonly file: string;
  readonly mode: PanScanMode;
  readonly width: number;
  readonly height: number;
  readonly crops: readonly Rect[];
  readonly tokens: number;
  /** Null when nothing was encoded here yet. */
  readonly predictedMs: number | null;
}

interface PlanValues {
  readonly mode: PanScanMode;
  readonly region: readonly Rect[];
  readonly projector: string | null;
  readonly dump: string | null;
  readonly data: string | null;
}

async function planPicture(
  reader: ReaderClient,
  picture: PictureFile,
  values: PlanValues,
  context: CommandContext,
): Promise<Omit<Planned, 'file' | 'mode'>> {
  const { mode } = values;
  const { signal, workingFolder } = context;
  const { width, height, warnings } = await inspect(reader, picture, signal);
  for (const warning of warnings) context.output.note(`facet: note: ${warning}`);
  const vision = values.projector === null ? releasedVision : await visionOf(reader, path.resolve(workingFolder, values.projector), signal);
  const viewMs = await measuredViewMs(values.data, values.projector, vision.side, context);
  const ink = mode === 'auto' ? await reader.request('image.profile', picture, signal) : null;
  const unlimited = { width, height, mode, regions: values.region, side: vision.side, ink };
  const { crops } = planViews({ ...unlimited, mostCrops: cropsInTime(viewMs) });
  if (crops.length < planViews(unlimited).crops.length)
    context.output.note(`facet: note: ${lessDetail('time', '--region reads a part of it')}`);
  if (values.dump !== null) {
    const views = await reader.request('image.views', { ...picture, rects: [null, ...crops], side: vision.side }, signal);
    await dumpViews(views, { side: vision.side, folder: path.resolve(workingFolder, values.dump) });
  }
  const predictedMs = viewMs === null ? null : Math.round((crops.length + 1) * viewMs);
  return { width, height, crops, tokens: viewTokens(crops.length, vision.tokens), predictedMs };
}

/** The JSON of a plan; its shape is fixed. */
function planReport({ file, width, height, mode, crops, tokens, predictedMs }: Planned): object {
  const rects = crops.map(({ x, y, width: w, height: h }) => ({ x, y, width: w, height: h }));
  return { file, width, height, mode, crops: rects, tokens, predicted_ms: predictedMs };
}

function printPlan({ file, width, height, crops, tokens, predictedMs }: Planned, output: Output): void {
  const seconds = predictedMs === null ? '' : `, about ${(predictedMs / 1000).toFixed(1)} s to encode`;
  const views = crops.length === 0 ? '1 view' : `${crops.length + 1} views`;
  output.line(`${file}: ${width} x ${height} pixels, ${views}, ${tokens} tokens${seconds}`);
  for (const crop of crops) output.line(`  ${crop.width} x ${crop.height} at ${crop.x},${crop.y}`);
}

interface PictureFile {
  readonly path: string;
  /** As given on the command line. */
  readonly name: string;
}

/** The file itself, or one page of it as a file that `close` deletes. @throws FacetError notFound, fileUnreadable, passwordRequired, invalidRequest for a page that is not there */
async function openPicture(
  reader: ReaderClient,
  name: string,
  { page, password }: { readonly page: number | null; readonly password: string | null },
  { workingFolder, signal }: CommandContext,
): Promise<{ readonly picture: PictureFile; readonly close: () => Promise<void> }> {
  const source = path.resolve(workingFolder, name);
  await checkSource(source, name);
  if (page === null) return { picture: { path: source, name }, close: () => Promise.resolve() };
  const { png } = await reader.request('document.pagePng', { path: source, name, page, password }, signal);
  const folder = await mkdtemp(path.join(tmpdir(), 'facet-page-'));
  const file = path.join(folder, 'page.png');
  await writeFile(file, png);
  return { picture: { path: file, name }, close: () => rm(folder, { recursive: true, force: true }) };
}

async function inspect(reader: ReaderClient, picture: PictureFile, signal: AbortSignal): Promise<ImageFacts> {
  const { kind, format, pictureToo } = await reader.request('file.identify', picture, signal);
  if (kind !== 'image' && !pictureToo) {
    const detected = format === 'pdf' ? 'a PDF; choose one of its pages with --page' : 'a document, which has no views';
    throw facetError('fileUnsupported', { file: picture.name, detected });
  }
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
