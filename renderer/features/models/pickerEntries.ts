import { sizeNames } from '../../../electron/shared/gemmaSizes.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { answering, catalogueModels, isImported, isInstalled, withoutTwins } from './modelFacts.ts';
import { activeModelId } from './modelWords.ts';

/** One card of the picker: a size with its variants, or a single model. */
export interface PickerEntry {
  readonly key: string;
  /** "4B", or the model's name. */
  readonly title: string;
  /** The one that the card is about until another variant is chosen. */
  readonly shown: Model;
  /** Itself included; the recommended one first. */
  readonly variants: readonly Model[];
}

export interface PickerEntries {
  /** Smallest first. */
  readonly sizes: readonly PickerEntry[];
  /** The built-in reader, files of the user's and servers' models. */
  readonly others: readonly PickerEntry[];
}

interface Chosen {
  readonly engine: EngineState;
  /** Of the settings. */
  readonly modelId: string | null;
}

export function pickerEntries(models: readonly Model[], { engine, modelId }: Chosen): PickerEntries {
  const catalogue = catalogueModels(withoutTwins(models));
  const wanted = activeModelId(engine) ?? modelId;
  const sizes = sizeNames.flatMap((size): readonly PickerEntry[] => {
    const variants = catalogue.filter((model) => model.size === size);
    const shown = shownVariant(variants, wanted);
    return shown === undefined ? [] : [{ key: size, title: size, shown, variants }];
  });
  const others = answering(models)
    .filter((model) => model.builtIn || isImported(model) || model.server !== undefined)
    .map((model): PickerEntry => ({ key: model.id, title: model.name, shown: model, variants: [model] }));
  return { sizes, others };
}

/** The card that holds a model; null when none does. */
export function entryOf({ sizes, others }: PickerEntries, modelId: string | null): PickerEntry | null {
  return [...sizes, ...others].find(({ variants }) => variants.some(({ id }) => id === modelId)) ?? null;
}

/** The one in use, else one that is here, else one on its way, else the recommended one. */
function shownVariant(variants: readonly Model[], wanted: string | null): Model | undefined {
  return (
    variants.find(({ id }) => id === wanted) ??
    variants.find(isInstalled) ??
    variants.find(({ state }) => state.kind !== 'available') ??
    variants[0]
  );
}
