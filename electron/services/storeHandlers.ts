import type { Requests } from '../shared/contract.ts';
import { facetError } from '../shared/errors.ts';
import type { EngineState, Model } from '../shared/models.ts';
import type { RequestHandlers } from '../shared/rpc.ts';
import { isServerId } from '../shared/servers.ts';
import type { DocumentsService } from './documents/createDocumentsService.ts';
import type { ImagesService } from './images/createImagesService.ts';
import type { UsedDevices } from './gpu/usedDevices.ts';
import { type EstimateRequest, estimateModel } from './models/estimateModel.ts';
import type { ModelsService } from './models/createModelsService.ts';
import type { NetworkGuard } from './network/networkGuard.ts';
import type { RoutedAttachments } from './privateChats/routedAttachments.ts';
import type { SettingsService } from './settings/createSettingsService.ts';
import { createTablesService } from './tables/createTablesService.ts';

type StoreRequest =
  | 'settings.update'
  | 'model.download'
  | 'model.pause'
  | 'model.fetch'
  | 'model.import'
  | 'model.check'
  | 'model.estimate'
  | 'model.remove'
  | 'model.restore'
  | Exclude<Extract<keyof Requests, `attachment.${string}` | `table.${string}` | `upload.${string}`>, 'attachment.plan'>;

export interface StoreHandlersOptions {
  readonly settings: SettingsService;
  readonly models: ModelsService;
  readonly attachments: RoutedAttachments;
  readonly documents: DocumentsService;
  readonly images: ImagesService;
  readonly requireNetwork: NetworkGuard;
  /** @throws FacetError invalidRequest for a language whose data are not here */
  readonly requireOcrLanguages: (codes: readonly string[]) => void;
  /** False where the caller is a browser, which must not name files of this machine. */
  readonly pathsAllowed: boolean;
  readonly engine: () => EngineState;
  readonly devices: UsedDevices;
  /** How quickly a model writes here; null where nothing is known. */
  readonly speed: EstimateRequest['speed'];
  /** Megabytes a second for all downloads of this process from now on. */
  readonly limitDownloads: (megabytes: number) => void;
  /** Takes the model out of the engine, if it is there. @throws FacetError busy while it answers */
  readonly unload: (modelId: string) => Promise<void>;
  /** A server's model was taken away. */
  readonly removed: (modelId: string) => void;
}

/** Requests that go straight to one service. */
export function createStoreHandlers(options: StoreHandlersOptions): Pick<RequestHandlers<Requests>, StoreRequest> {
  const { settings, models, attachments, documents, images, unload, requireNetwork } = options;
  const tables = createTablesService({ attachments, documents });
  const requirePaths = (): void => {
    if (!options.pathsAllowed) throw facetError('invalidRequest', { field: 'path', reason: 'files cannot be named by their path here' });
  };
  const prepareDownload = (megabytes: number | undefined): void => {
    requireNetwork();
    if (megabytes !== undefined) options.limitDownloads(megabytes);
  };
  return {
    'settings.update': async ({ patch }) => {
      options.requireOcrLanguages(patch.ocrLanguages ?? []);
      const updated = settings.update(patch);
      if (updated.offline)
        await Promise.all(
          models
            .list()
            .filter(isComing)
            .map(({ id }) => models.pause(id)),
        );
      return updated;
    },
    'model.download': async ({ id, megabytes }) => {
      prepareDownload(megabytes);
      await models.download(id);
      return {};
    },
    'model.pause': async ({ id }) => {
      await models.pause(id);
      return {};
    },
    'model.fetch': ({ megabytes, ...address }) => {
      prepareDownload(megabytes);
      return models.fetch(address);
    },
    'model.import': ({ path, projectorPath, copy = false }, signal) => {
      requirePaths();
      return models.import(path, projectorPath, { copy, signal });
    },
    'model.check': ({ path }, signal) => {
      requirePaths();
      return models.check(path, signal);
    },
    'model.estimate': async ({ subject, contextTokens, cacheType }, signal) => {
      if (subject.kind === 'file') requirePaths();
      return estimateModel({
        subject,
        contextTokens,
        cacheType,
        check: (path) => models.check(path, signal),
        model: (id) => models.get(id),
        engine: options.engine(),
        devices: await options.devices(),
        speed: options.speed,
      });
    },
    'model.remove': async ({ id }) => {
      await unload(id);
      await models.remove(id);
      if (isServerId(id)) options.removed(id);
      if (settings.current().modelId === id) settings.update({ modelId: null });
      return {};
    },
    'model.restore': ({ id }) => models.restore(id),
    'attachment.addFile': ({ path, private: isPrivate = false, asPicture = false, ...rest }) => {
      requirePaths();
      return (isPrivate ? attachments.hidden : attachments).addFile(path, { asPicture, ...rest });
    },
    'attachment.readAgain': ({ id }) => attachments.readAgain(id),
    'upload.begin': async ({ name, bytes, private: isPrivate = false }) => ({
      uploadId: await (isPrivate ? attachments.hidden.beginUpload(name, bytes) : attachments.uploads.begin(name, bytes)),
    }),
    'upload.append': async ({ uploadId, base64 }) => {
      await attachments.uploads.append(uploadId, base64);
      return {};
    },
    'upload.finish': ({ uploadId }) => attachments.uploads.finish(uploadId),
    'upload.abort': async ({ uploadId }) => {
      await attachments.uploads.abort(uploadId);
      return {};
    },
    'attachment.read': ({ id, password }) => attachments.read(id, password),
    'attachment.readPage': ({ id, page, by, password }, signal) => attachments.readPage(id, page, by, { password, signal }),
    'attachment.addPage': ({ id, page, password }, signal) => attachments.addPage(id, page, { password, signal }),
    'attachment.recognizeAgain': ({ id, password }) => attachments.recognizeAgain(id, password),
    'attachment.remove': async ({ id }) => {
      await attachments.remove(id);
      return {};
    },
    'attachment.preview': ({ id, side }) => images.preview(id, side),
    'attachment.view': ({ id, rect, side }, signal) => images.view(id, rect, side, signal),
    'attachment.text': ({ id, soFar }) => documents.text(id, soFar),
    'attachment.tables': ({ id }) => documents.tables(id),
    'table.describe': ({ attachmentId }) => tables.describe(attachmentId),
    'table.run': ({ attachmentId, query }) => tables.run(attachmentId, query),
    'table.findRow': ({ attachmentId, table, row }) => tables.findRow(attachmentId, table, row),
    'table.export': ({ attachmentId, query, format }) => tables.export(attachmentId, query, format),
    'attachment.pageWords': ({ id, page, password }, signal) => documents.pageWords(id, page, password ?? null, signal),
    'attachment.pagePicture': ({ id, page, width, password }, signal) => documents.pagePicture(id, page, width, password ?? null, signal),
  };
}

function isComing({ state }: Model): boolean {
  return state.kind === 'downloading' || state.kind === 'queued';
}
