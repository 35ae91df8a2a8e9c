import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { facetError, toErrorData } from '../../shared/errors.ts';
import { isBeingAdded, type Model } from '../../shared/models.ts';
import { readCatalogue } from '../../services/models/catalogue.ts';
import type { AppClient } from '../appClient.ts';
import type { CommandContext } from './command.ts';
import { defaultModel, isInstalled, looksLikeModelFile, matchModel } from './matchModel.ts';

/** A model as the command line names it; nulls leave the choice to Facet. */
export interface WantedModel {
  readonly model: string | null;
  readonly projector: string | null;
  /** Pictures it is to look at. */
  readonly image?: readonly string[];
}

/**
 * Finds the model meant, and takes files into the list of models in place.
 * @throws FacetError modelMissing or modelInvalid
 */
export async function chooseModel(app: AppClient, wanted: WantedModel, context: CommandContext): Promise<Model> {
  const model = await findModel(app, wanted, context);
  if (!isInstalled(model)) throw facetError('modelMissing', { model: wanted.model ?? model.id });
  return model;
}

/** The same, whether or not its files are all here. @throws FacetError modelMissing when nothing is called so */
export async function findModel(app: AppClient, wanted: WantedModel, context: CommandContext): Promise<Model> {
  const projector = wanted.projector === null ? null : await existingFile(wanted.projector, context);
  if (wanted.model !== null && (await isModelFile(wanted.model, app, context))) {
    return importFiles(app, await existingFile(wanted.model, context), projector, context);
  }
  const model = knownModel(app, wanted, context);
  if (projector === null) return model;
  if (model.text.path === null) throw facetError('modelMissing', { model: model.id });
  return importFiles(app, model.text.path, projector, context);
}

/** Ids that `starter` stands for. */
export function starterIds(context: CommandContext): readonly string[] {
  return readCatalogue(path.join(context.resourcesFolder, 'assets')).starter;
}

function knownModel(app: AppClient, { model: name, image = [] }: WantedModel, context: CommandContext): Model {
  const { models, settings } = app.state();
  const found = name === null ? defaultModel(models, settings.modelId) : matchModel(models, name, starterIds(context), settings.modelId);
  if (found === null) throw facetError('modelMissing', { model: name ?? '', ...(image.length > 0 ? { toSee: true } : {}) });
  return found;
}

/** A bare word is a file only when no model is called so and such a file is there. */
async function isModelFile(name: string, app: AppClient, context: CommandContext): Promise<boolean> {
  if (looksLikeModelFile(name)) return true;
  const { models, settings } = app.state();
  if (matchModel(models, name, starterIds(context), settings.modelId) !== null) return false;
  return isReadable(path.resolve(context.workingFolder, name));
}

async function existingFile(name: string, context: CommandContext): Promise<string> {
  const file = path.resolve(context.workingFolder, name);
  if (!(await isReadable(file))) throw facetError('modelMissing', { model: file });
  return file;
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** Takes a file into the list, saying how far its hashing is. */
async function importFiles(app: AppClient, file: string, projector: string | null, { output, signal }: CommandContext): Promise<Model> {
  const name = path.basename(file);
  const unsubscribe = app.onEvent((event) => {
    if (event.name !== 'model.changed' || !isBeingAdded(event.payload.model)) return;
    const { state } = event.payload.model;
    if (state.kind !== 'downloading' || state.totalBytes === 0) return;
    output.progress(`Checking ${name}: ${Math.floor((100 * state.receivedBytes) / state.totalBytes)} %`);
  });
  try {
    return await asModelProblem(app.request('model.import', { path: file, projectorPath: projector }, signal));
  } finally {
    unsubscribe();
    output.progress(null);
  }
}

/**
 * What is wrong with a model file is a model problem, whichever part of Facet found it.
 * @throws FacetError modelMissing or modelInvalid in the place of notFound and fileUnreadable
 */
export async function asModelProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const data = toErrorData(error);
    if (data.code === 'fileUnreadable')
      throw facetError('modelInvalid', { file: data.details.file, check: 'unreadable', reason: data.details.reason }, error);
    if (data.code === 'notFound' && data.details.what === 'file') throw facetError('modelMissing', { model: data.details.id }, error);
    throw error;
  }
}
