import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { downloadBytes } from '../../../electron/shared/downloadBytes.ts';
import { sizeNames } from '../../../electron/shared/gemmaSizes.ts';
import type { Model, ModelSize } from '../../../electron/shared/models.ts';
import type { Settings } from '../../../electron/shared/settings.ts';

const sizeOrder: readonly ModelSize[] = [...sizeNames, 'custom'];

/** Smallest size first, sizes of unknown kind last; inside one size in the order given. */
export function bySize(models: readonly Model[]): readonly Model[] {
  return models.toSorted((a, b) => sizeOrder.indexOf(a.size) - sizeOrder.indexOf(b.size));
}

/** Those that write answers, without those that only search. */
export function answering(models: readonly Model[]): readonly Model[] {
  return models.filter(({ search }) => search !== true);
}

/** Whether it can look at pictures. */
export function sees(model: Model): boolean {
  return model.projector !== null;
}

/** What its files take, such as "2.5 GB"; "about" where the server has not been asked yet, and empty where nobody can know. */
export function sizeWords(model: Model): string {
  const { bytes, exact } = downloadBytes(model);
  if (bytes === 0) return '';
  return exact ? bytesInWords(bytes) : `about ${bytesInWords(bytes)}`;
}

export function isInstalled(model: Model): boolean {
  return model.builtIn || model.state.kind === 'installed';
}

/** Whether it is a file of the user's, used in place. */
export function isImported(model: Model): boolean {
  return model.id.startsWith('local-');
}

/** Without catalogue entries whose very file the user has imported: nobody wants to download it again. */
export function withoutTwins(models: readonly Model[]): readonly Model[] {
  const imported = new Set(models.filter(isImported).flatMap(({ text }) => text.sha256 ?? []));
  return models.filter((model) => isImported(model) || model.state.kind !== 'available' || !imported.has(model.text.sha256 ?? ''));
}

/** The reader that ships inside Facet, if it does. */
export function builtInModel(models: readonly Model[]): Model | null {
  return models.find((model) => model.builtIn) ?? null;
}

/** What can be chosen from the catalogue: neither built in, nor a file of the user's, nor a server's. */
export function catalogueModels(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => !model.builtIn && !isImported(model) && model.server === undefined);
}

/** The fact that matters most when choosing. */
export function sightWords(model: Model): string {
  return sees(model) ? 'Sees pictures' : 'Text only';
}

/** One line of facts, such as "Sees pictures · 2.5 GB · Q4_0 · built in". */
export function factWords(model: Model): string {
  const kind = model.builtIn ? 'built in' : isImported(model) ? 'your file' : model.server === undefined ? '' : `on ${model.server.host}`;
  return [sightWords(model), sizeWords(model), model.quantisation, kind].filter((words) => words !== '').join(' · ');
}

/** Tokens of the context that a model is loaded with. */
export function contextOf({ contextLimit, server }: Model, { contextTokens }: Pick<Settings, 'contextTokens'>): number {
  // A server decides for itself.
  return server === undefined ? Math.min(contextTokens, contextLimit) : contextLimit;
}
