import { type Model, starterId } from '../../shared/models.ts';

/** True for what can only be a file: it has a folder in it or ends in `.gguf`. */
export function looksLikeModelFile(name: string): boolean {
  return /[\\/]/.test(name) || /\.gguf$/i.test(name);
}

/**
 * The model that a person means by an id, a name, a size such as `270m`, or `4B:q4_0`; case does not matter. Installed ones come first, the
 * settings' own before others, then the list's order. Null when nothing is called so.
 * @param starterIds catalogue ids that `starter` stands for, in order of preference
 */
export function matchModel(models: readonly Model[], name: string, starterIds: readonly string[], chosenId: string | null): Model | null {
  const wanted = name.trim().toLowerCase();
  const candidates = wanted === starterId ? starterModels(models, starterIds) : models.filter((model) => isCalled(model, wanted));
  const rank = (model: Model): number => (isInstalled(model) ? 0 : 2) + (model.id === chosenId ? 0 : 1);
  return candidates.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** The model to use when none is named: the settings' one, else the first installed one that does not ship with Facet. */
export function defaultModel(models: readonly Model[], chosenId: string | null): Model | null {
  const installed = models.filter((model) => isInstalled(model) && model.search !== true);
  return installed.find((model) => model.id === chosenId) ?? installed.find((model) => !model.builtIn) ?? null;
}

/** Whether its files are all here. */
export function isInstalled(model: Model): boolean {
  return model.state.kind === 'installed';
}

function starterModels(models: readonly Model[], starterIds: readonly string[]): readonly Model[] {
  return starterIds.flatMap((id) => models.filter((model) => model.id === id));
}

function isCalled(model: Model, wanted: string): boolean {
  if (model.id.toLowerCase() === wanted || model.name.toLowerCase() === wanted) return true;
  const [size, quantisation] = wanted.split(':', 2);
  if (model.size === 'custom' || model.size.toLowerCase() !== size) return false;
  return quantisation === undefined || plainQuantisation(model.quantisation) === plainQuantisation(quantisation);
}

/** `Q4_K_M`, `q4-k-m` and `q4km` are the same. */
export function plainQuantisation(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
