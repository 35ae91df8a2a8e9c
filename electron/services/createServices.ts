import { join } from 'node:path';
import type { ChildStarter } from '../children/childStarter.ts';
import { createSupervisor, type Supervisor } from '../children/supervisor.ts';
import { createEngineClient } from '../engine/engineClient.ts';
import { createReaderClient } from '../reader/readerClient.ts';
import type { AppState } from '../shared/appState.ts';
import type { AppDescription, Requests } from '../shared/contract.ts';
import type { Events } from '../shared/events.ts';
import { isPrivateId } from '../shared/privateIds.ts';
import type { NamedEvent, RequestHandlers, Unsubscribe } from '../shared/rpc.ts';
import { createAttachmentsService } from './attachments/createAttachmentsService.ts';
import { createCompactionHandlers } from './compaction/createCompactionHandlers.ts';
import { createDiagnostics } from './diagnostics/createDiagnostics.ts';
import { createConversationHandlers } from './conversations/createConversationsService.ts';
import { failAbandoned } from './conversations/failAbandoned.ts';
import { createConversationSearch } from './conversations/searchConversations.ts';
import { handlersWithStorageErrors, withStorageErrors } from './database/storageError.ts';
import { childrenMs } from './ending.ts';
import { describeApp } from './describeApp.ts';
import { describeMachine } from './describeMachine.ts';
import { createDocumentsService } from './documents/createDocumentsService.ts';
import { createEventBus } from './eventBus.ts';
import { createCacheTests } from './generation/cacheTests.ts';
import { createContextHandlers } from './generation/createContextService.ts';
import { createAttachmentSource } from './generation/attachmentSource.ts';
import { createGenerationService } from './generation/createGenerationService.ts';
import { createModelHandlers } from './generation/createModelHandlers.ts';
import type { GenerationParts } from './generation/generationParts.ts';
import { createImageEncoder } from './generation/imageViews.ts';
import { createIdleWork } from './generation/idleWork.ts';
import { createIdleUnload } from './generation/idleUnload.ts';
import { createModelHost } from './generation/modelHost.ts';
import { createPicturePlanner } from './generation/picturePlanner.ts';
import { createStateKeeper } from './generation/stateKeeper.ts';
import { createTitleWriter } from './generation/titleWriter.ts';
import { type ViewPreparer, createViewPreparer } from './generation/viewPreparer.ts';
import { wantDropped } from './generation/wantDropped.ts';
import { createGpuHandlers } from './gpu/createGpuService.ts';
import { createUsedDevices } from './gpu/usedDevices.ts';
import { createImagesService } from './images/createImagesService.ts';
import { createFileUses } from './library/fileUses.ts';
import { createLibrary } from './library/createLibrary.ts';
import { createLibrarySearch } from './library/searchLibrary.ts';
import { openProcessLock } from './locks/processLock.ts';
import { homeFolder } from './homeFolder.ts';
import { makeDataFolder } from './makeDataFolder.ts';
import { createContextEstimate } from './models/contextEstimate.ts';
import { createModelCareHandlers } from './models/createModelCareHandlers.ts';
import { createModelsService } from './models/createModelsService.ts';
import { createDownloadAccess } from './models/download/downloadAccess.ts';
import { createNetworkGuard } from './network/networkGuard.ts';
import { type OpenedData, openData } from './openData.ts';
import { createChatStores } from './privateChats/chatStores.ts';
import { openPrivateChats } from './privateChats/openPrivateChats.ts';
import { routeAttachments } from './privateChats/routedAttachments.ts';
import { routeChatStores } from './privateChats/routedStores.ts';
import { createMeaningSearch, mayHaveMoreToPrepare } from './retrieval/createMeaningSearch.ts';
import { createOcrLanguages } from './ocr/createOcrLanguages.ts';
import { createServerHandlers } from './remote/createServerHandlers.ts';
import { withServers } from './remote/remoteModels.ts';
import { routeEngines } from './remote/routeEngines.ts';
import { createServerStore } from './remote/serverStore.ts';
import { type Sealer, createSecretStore } from './secrets/secretStore.ts';
import { createSettingsService } from './settings/createSettingsService.ts';
import { createKeptStateFiles } from './states/keptStates.ts';
import { createStoreHandlers } from './storeHandlers.ts';
import { createBenchService } from './speeds/createBenchService.ts';
import { createSpeeds } from './speeds/createSpeeds.ts';
import { watchOtherRuns } from './watchOtherRuns.ts';

/** Removed conversations can be brought back for this long, in milliseconds. */
const removedKeptMs = 7 * 86_400_000;

export interface ServicesOptions {
  /** Made when missing. */
  readonly dataFolder: string;
  /** Holds `assets` and `native/out`. */
  readonly resourcesFolder: string;
  readonly starter: ChildStarter;
  readonly host: AppDescription['host'];
  readonly version: string;
  /** Whether callers may name files of this machine; by default only under Electron. */
  readonly pathsAllowed?: boolean;
  /** Whether the chosen model is loaded right away; by default where people wait for it: in the app and in the browser. */
  readonly loadAtStart?: boolean;
  /** Whether pictures are encoded as soon as they are dropped, and a new model is measured in idle time; by default in the same places. */
  readonly preparesViews?: boolean;
  /** The system's safe for keys of servers; without one they are kept in a file that only this user can read. */
  readonly sealer?: Sealer;
  /** For tests: another time between two looks at whether the engine works, in milliseconds. */
  readonly beatMs?: number;
}

/** The whole of Facet behind one contract; every face of it is a port onto this. */
export interface Services {
  readonly handlers: RequestHandlers<Requests>;
  onEvent(listener: (event: NamedEvent<Events>) => void): Unsubscribe;
  snapshot(): AppState;
  /** Stops answers (what was written stays), ends the children and closes the database. What children still do after `patienceMs` they are killed over. */
  close(patienceMs?: number): Promise<void>;
}

/** @throws FacetError diskFailed when the data folder cannot be used */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { dataFolder, starter } = options;
  makeDataFolder(dataFolder);
  const opened = withStorageErrors(join(dataFolder, 'facet.db'), () => openData(dataFolder));
  const children = {
    // One that stands still may come back, and holds an answer: the user decides.
    engine: createSupervisor({
      name: 'engine',
      starter,
      endsHung: false,
      ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
    }),
    reader: createSupervisor({ name: 'reader', starter }),
    // Started by the first text, so only where there is a search model. What it does never waits for an answer, nor keeps one waiting.
    search: createSupervisor({ name: 'engine', starter }),
  };
  try {
    return await composeServices(options, opened, children);
  } catch (error) {
    await Promise.all(Object.values(children).map((child) => child.stop()));
    opened.database.close();
    opened.session.close();
    throw error;
  }
}

async function composeServices(
  options: ServicesOptions,
  { session, database, notices }: OpenedData,
  children: { readonly engine: Supervisor; readonly reader: Supervisor; readonly search: Supervisor },
): Promise<Services> {
  const { dataFolder, resourcesFolder } = options;
  const pathsAllowed = options.pathsAllowed ?? options.host === 'electron';
  const peopleWait = options.host === 'electron' || !pathsAllowed;
  const bus = createEventBus();
  const { emit } = bus;
  const kept = createChatStores(database, session.id);
  failAbandoned(kept.messages, [session.id, ...session.alive]);
  session.forgetAbandoned();
  kept.conversations.purge(Date.now() - removedKeptMs);

  const settings = createSettingsService({ database, emit });
  const secrets = createSecretStore(dataFolder, options.sealer);
  const servers = createServerStore(database, secrets);
  const access = createDownloadAccess({ settings: () => settings.current(), secrets, environment: process.env });
  const requireNetwork = createNetworkGuard(() => settings.current());
  const engine = routeEngines(createEngineClient({ supervisor: children.engine }), {
    server: (id) => ({ server: servers.get(id), key: servers.key(id) }),
    requireNetwork,
  });
  const diagnostics = createDiagnostics({ engine, children: Object.values(children), home: homeFolder() });
  const reader = createReaderClient({ supervisor: children.reader });
  const models = withServers(createModelsService({ database, dataFolder, resourcesFolder, reader, emit, web: access.web }), servers);
  let preparer: ViewPreparer | null = null;
  const emitDropped = wantDropped(
    emit,
    () => preparer,
    () => settings.current().panScan,
  );
  const ocr = createOcrLanguages({ folder: join(dataFolder, 'ocr'), settings, reader, requireNetwork, pathsAllowed, emit });
  const privateChats = openPrivateChats({ dataFolder, session, reader, emit: emitDropped, ocr });
  const keptAttachments = await createAttachmentsService({ database, dataFolder, reader, emit: emitDropped, ocr });
  const attachments = routeAttachments(keptAttachments, privateChats.attachments);
  const stores = routeChatStores(kept, privateChats.stores, (sha256) => privateChats.holds(sha256));
  const { conversations, messages, compactions } = stores;
  const documents = createDocumentsService({ attachments, reader, ocr });
  const images = createImagesService({ attachments, reader });

  const embeddingFolder = join(dataFolder, 'cache', 'embeddings');
  const stateFolder = join(dataFolder, 'cache', 'states');
  const encoderFolder = join(dataFolder, 'cache', 'encoder');
  const gpuFolder = join(dataFolder, 'gpu');
  const devices = createUsedDevices({ engine, folder: gpuFolder, settings: () => settings.current() });
  const host = createModelHost({
    engine,
    models,
    settings: () => settings.current(),
    cacheTests: createCacheTests({ database, engine }),
    embeddingFolder,
    stateFolder,
    encoderFolder,
    gpuFolder,
    emit,
  });
  const source = createAttachmentSource(attachments, documents, images);
  const keptStates = createKeptStateFiles(stateFolder);
  const library = createLibrary({
    attachments,
    uses: createFileUses(database),
    search: createLibrarySearch(database),
    answerReadings: stores.readings,
    states: keptStates,
  });
  const speeds = createSpeeds(database, () => models.list());
  const lock = openProcessLock(join(dataFolder, 'engine.lock'));
  const isBusy = (): boolean => generation.queue.isBusy();
  const meaning = createMeaningSearch({
    database,
    engine: createEngineClient({ supervisor: children.search }),
    models,
    attachments: keptAttachments,
    keptIndex: kept.index,
    index: stores.index,
    settings: () => settings.current(),
    isBusy,
    prepares: options.preparesViews ?? peopleWait,
    emit,
  });
  const parts: GenerationParts = {
    engine,
    host,
    encoder: createImageEncoder({
      engine,
      source,
      speeds: speeds.encoder,
      encodedViews: stores.encodedViews,
      active: () => host.active(),
    }),
    planner: createPicturePlanner({ source, plans: stores.plans, speeds: speeds.encoder }),
    speeds: speeds.runs,
    models,
    servers,
    attachments: source,
    ...stores,
    retrieval: meaning.retrieval,
    settings: () => settings.current(),
    estimate: createContextEstimate({ models, settings: () => settings.current(), engine: () => host.state(), devices }),
    lock,
    transaction: (work) => withStorageErrors(database.name, () => database.transaction(() => privateChats.database.transaction(work)())()),
    emit,
    onEvent: (listener) => bus.onEvent(listener),
  };
  const unload = createIdleUnload({ host, isBusy, minutes: () => settings.current().unloadMinutes });
  preparer = (options.preparesViews ?? peopleWait) ? createViewPreparer(parts, isBusy) : null;
  const states = createStateKeeper({
    engine,
    files: keptStates,
    settings: () => settings.current(),
    // Without a model there is none; a removed conversation's state went with it.
    mayKeep: (id) => host.active() !== null && !isPrivateId(id) && conversations.summary(id) !== null,
  });
  const bench = createBenchService({ parts, speeds, isBusy, measuresInIdleTime: options.preparesViews ?? peopleWait });
  const idleWork = createIdleWork({ states, titles: createTitleWriter(parts, isBusy), preparer, bench, meaning: meaning.indexer, unload });
  const generation = createGenerationService(parts, idleWork);
  bus.onEvent((event) => {
    if (event.name === 'settings.changed') {
      unload.touch();
      if (!settings.current().searchByMeaning) meaning.indexer.makeWay();
    }
    if (mayHaveMoreToPrepare(event)) meaning.indexer.goOn();
  });
  const modelHandlers = createModelHandlers({ host, queue: generation.queue, settings });

  const stopWatching = watchOtherRuns({
    database,
    session,
    conversations,
    messages,
    compactions,
    attachments: () => attachments.list(),
    settings: () => settings.current(),
    live: (message) => generation.queue.live(message),
    emit,
  });

  if ((options.loadAtStart ?? peopleWait) && host.wanted() !== null) {
    // How it went is the engine's state, which every connection is told.
    host.ensure({ signal: new AbortController().signal }).catch(() => undefined);
  }

  const snapshot = (): AppState => ({
    settings: settings.current(),
    models: models.list(),
    engine: host.state(),
    conversations: conversations.list(),
    attachments: attachments.list(),
  });

  return {
    handlers: handlersWithStorageErrors(database.name, {
      'app.describe': () => describeApp({ version: options.version, host: options.host, dataFolder, pathsAllowed, notices }, engine),
      'machine.describe': () => describeMachine(dataFolder),
      // A connection puts the number of its own newest event here.
      'app.snapshot': () => ({ sequence: 0, state: snapshot() }),
      ...createStoreHandlers({
        settings,
        models,
        attachments,
        documents,
        images,
        requireNetwork,
        requireOcrLanguages: (codes) => ocr.require(codes, 'ocrLanguages'),
        pathsAllowed,
        engine: () => host.state(),
        devices,
        speed: (subject) => speeds.book.writing(subject),
        limitDownloads: (megabytes) => access.limitTo(megabytes),
        unload: (id) => modelHandlers.unload(id),
        removed: (id) => emit('model.removed', { id }),
      }),
      ...library.handlers,
      ...meaning.handlers,
      ...ocr.handlers,
      ...createGpuHandlers({ engine, folder: gpuFolder, requireNetwork, emit }),
      ...modelHandlers.handlers,
      ...createModelCareHandlers({ models, access, pathsAllowed, requireNetwork, emit }),
      ...createServerHandlers({ servers, conversations, requireNetwork, emit, unload: (id) => modelHandlers.unload(id) }),
      ...bench.handlers,
      ...diagnostics,
      ...createConversationHandlers({
        conversations,
        privateChats: { conversations: privateChats.stores.conversations, erase: () => privateChats.erase() },
        messages,
        compactions,
        search: createConversationSearch(database),
        emit,
        attachments: () => attachments.list(),
        lookAgain: (ids) => attachments.lookAgain(ids),
        defaultSystem: () => settings.current().systemPrompt,
        live: (message) => generation.queue.live(message),
        cancelAnswers: (id) => generation.queue.cancelConversation(id),
        forgetState: (id) => states.forget(id),
      }),
      ...generation.handlers,
      ...createCompactionHandlers(parts, () => idleWork.makeWay()),
      ...createContextHandlers(parts, (use) => idleWork.want(use)),
    }),
    onEvent: (listener) => bus.onEvent(listener),
    snapshot,
    close: async (patienceMs = childrenMs()) => {
      const endChildren = async (leftMs?: number): Promise<unknown> =>
        Promise.all(Object.values(children).map((child) => child.stop(leftMs)));
      const timer = setTimeout(() => void endChildren(0), patienceMs);
      stopWatching();
      await idleWork.close(generation.queue.close());
      host.close();
      await models.close();
      await library.close();
      await attachments.close();
      await endChildren();
      clearTimeout(timer);
      lock.close();
      privateChats.close();
      database.close();
      session.close();
    },
  };
}
