import type { DroppedModel } from '../../state/viewStore.ts';

/** By its name: what is in it is checked when it is added. */
export function isModelFile({ name }: Pick<File, 'name'>): boolean {
  return name.toLowerCase().endsWith('.gguf');
}

/** The model among dropped files, with the vision part that came with it; null when there is none. */
export function droppedModel(files: readonly File[], pathOf: (file: File) => string): DroppedModel | null {
  const models = files.filter(isModelFile);
  const projector = models.length > 1 ? models.find(({ name }) => /mmproj|vision|projector/i.test(name)) : undefined;
  const model = models.find((file) => file !== projector);
  if (model === undefined) return null;
  return { name: model.name, path: pathOf(model), projectorPath: projector === undefined ? '' : pathOf(projector) };
}
