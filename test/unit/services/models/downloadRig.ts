import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import type { CatalogueEntry, CatalogueFile } from '../../../../electron/services/models/catalogue.ts';
import {
  createModelsService,
  type ModelsService,
  type ModelsServiceOptions,
} from '../../../../electron/services/models/createModelsService.ts';
import type { Model } from '../../../../electron/shared/models.ts';
import { type RudeServer, startRudeServer } from '../../../fakes/rudeServer.ts';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Waits of a few milliseconds, so that tests are quick. */
export const quickRetry = { stallMs: 400, firstAttempts: 3, laterAttempts: 3, firstPauseMs: 1, longestPauseMs: 4 };

export interface DownloadRig {
  readonly folder: string;
  readonly server: RudeServer;
  readonly events: Model[];
  readonly removed: string[];
  /** Another process's service on the same folder, as far as a test can have one. */
  start(
    models?: readonly CatalogueEntry[],
    options?: Partial<ModelsServiceOptions> & { readonly starter?: readonly string[] },
  ): ModelsService;
  get(service: ModelsService, id?: string): Promise<Model>;
  /** Ends the service that was started last. */
  stopLast(): Promise<void>;
  fileOf(): string;
  partOf(): string;
  close(): Promise<void>;
}

export function catalogueEntry(id: string, text: CatalogueFile, projector: CatalogueFile | null = null): CatalogueEntry {
  const facts = { size: '1B', quantisation: 'Q4_0', profile: 'turns', contextLimit: 1024, licence: 'x', notes: [] } as const;
  return { id, name: id, ...facts, text, projector };
}

/** An entry for `bytes` at `url`, known by size and hash. */
export function webEntry(id: string, url: string, bytes: Buffer): CatalogueEntry {
  return catalogueEntry(id, { source: { kind: 'web', url }, bytes: bytes.length, sha256: sha256(bytes) });
}

/** A rude server with `content`, and services that download it into a folder of their own; a folder that is given stays. */
export async function createDownloadRig(content: Buffer, given: string | null = null): Promise<DownloadRig> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'facet-download-'));
  const server = await startRudeServer(content);
  const events: Model[] = [];
  const removed: string[] = [];
  const open: { close(): Promise<void> }[] = [];
  return {
    folder,
    server,
    events,
    removed,
    start(models = [webEntry('one', server.url, content)], options = {}) {
      const database = openDatabase(join(folder, 'facet.db'));
      const { starter, web, ...others } = options;
      const service = createModelsService({
        database,
        dataFolder: folder,
        resourcesFolder: folder,
        reader: { request: () => Promise.reject(new Error('not asked')) },
        emit: (name, payload) => {
          if (name === 'model.changed' && 'model' in payload) events.push(payload.model);
          if (name === 'model.removed' && 'id' in payload) removed.push(payload.id);
        },
        catalogue: { version: 2, starter: starter ?? [models[0]?.id ?? ''], models },
        hub: new URL(server.url).origin,
        web: { retry: quickRetry, ...web },
        ...others,
      });
      open.push({
        async close() {
          await service.close();
          database.close();
        },
      });
      return service;
    },
    async get(service, id = 'one') {
      await service.download(id);
      return service.downloaded(id);
    },
    async stopLast() {
      await open.pop()?.close();
    },
    fileOf: () => join(folder, 'models', `${sha256(content)}.gguf`),
    partOf: () => join(folder, 'models', 'partial', `${sha256(content)}.part`),
    async close() {
      for (const service of open.splice(0)) await service.close();
      await server.close();
      if (given === null) rmSync(folder, { recursive: true });
    },
  };
}
