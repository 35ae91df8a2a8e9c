import { join } from 'node:path';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import type { CatalogueEntry } from '../../electron/services/models/catalogue.ts';
import { createModelsService } from '../../electron/services/models/createModelsService.ts';
import { toErrorData } from '../../electron/shared/errors.ts';

// Downloads one model into the data folder it is given, tells its parent all the time how much it has, and how it ended, unless it is killed before.
const [folder = '', entry = ''] = process.argv.slice(2);
const model = JSON.parse(entry) as CatalogueEntry;
const database = openDatabase(join(folder, 'facet.db'));
const service = createModelsService({
  database,
  dataFolder: folder,
  resourcesFolder: folder,
  reader: { request: () => Promise.reject(new Error('not asked')) },
  emit: () => undefined,
  catalogue: { version: 2, starter: [model.id], models: [model] },
});
const tell = (): void => {
  const { state } = service.get(model.id);
  process.send?.({ received: 'receivedBytes' in state ? state.receivedBytes : 0 });
};
tell();
const telling = setInterval(tell, 20);
await service.download(model.id);
const outcome = await service.downloaded(model.id).then(
  () => 'installed',
  (error: unknown) => toErrorData(error).code,
);
clearInterval(telling);
await service.close();
database.close();
process.send?.(outcome);
process.disconnect();
