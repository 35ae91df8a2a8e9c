import { asPrivateId } from '../../electron/shared/privateIds.ts';
import { type AppEvent, type AppState, reduceAppState, reduceConversation } from '../../electron/shared/appState.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import type { Events } from '../../electron/shared/events.ts';
import type { AssistantMessage, Conversation, Message, UserMessage } from '../../electron/shared/conversations.ts';
import { judge } from '../../electron/shared/modelEstimate.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { GenerationStage, Receipt } from '../../electron/shared/generation.ts';
import { createPortPair, type Port, type RequestHandlers, type RpcServer, serveRpc } from '../../electron/shared/rpc.ts';
import type { MeaningState } from '../../electron/shared/asking.ts';
import type { ModelSpeed } from '../../electron/shared/speed.ts';
import { checkParams } from '../../electron/shared/validation.ts';
import { exampleEstimate } from './exampleEstimate.ts';
import { type FakeFiles, fakeAttachments } from './fakeAttachments.ts';
import { fakeGpus } from './fakeGpus.ts';
import { fakeLibrary } from './fakeLibrary.ts';
import { fakeModels } from './fakeModels.ts';
import { fakeOcr } from './fakeOcr.ts';

/** How the fake answers a question: stages, then pieces of text with a pause before each, in milliseconds. */
export interface Script {
  readonly stages: readonly { readonly stage: GenerationStage; readonly pauseMs: number }[];
  readonly pieces: readonly string[];
  readonly pauseMs: number;
  readonly receipt: Receipt;
}

export interface FakeHostOptions extends FakeFiles {
  readonly state: AppState;
  readonly conversations: readonly Conversation[];
  readonly script: (question: UserMessage) => Script;
  /** What `log.read` gives. */
  readonly log?: Requests['log.read']['result'];
  /** What is known of speeds; estimates follow it. */
  readonly speeds?: readonly ModelSpeed[];
  /** How far documents can be searched by meaning. */
  readonly meaning?: MeaningState;
  /** Tables by attachment id. */
  readonly tables?: Readonly<Record<string, Requests['table.describe']['result']>>;
}

const noMeaning: MeaningState = { documents: 0, ready: 0, distrusted: 0, working: null, memoryBytes: 0, problem: null };

export interface FakeHost {
  /** Opens one more connection. */
  openPort(): Promise<Port>;
  emit(event: AppEvent): void;
  /** Ends all connections, as a host that dies. */
  dropConnections(): void;
  /** Loses the next event on its way, so that the other end sees a gap. */
  loseNextEvent(): void;
  conversation(id: string): Conversation;
  state(): AppState;
}

/** The last messages of a list, and how many come before them. */
function newestOf(messages: readonly Message[], limit: number): { readonly messages: readonly Message[]; readonly earlier: number } {
  const earlier = Math.max(0, messages.length - limit);
  return { messages: messages.slice(earlier), earlier };
}

/** A host in memory that keeps the contract: params are checked, events are numbered, answers are streamed from a script. */
export function createFakeHost(options: FakeHostOptions): FakeHost {
  let state = options.state;
  const conversations = new Map(options.conversations.map((conversation) => [conversation.summary.id, conversation]));
  const connections = new Set<{ readonly server: RpcServer<Events>; readonly port: Port }>();
  const stopped = new Set<string>();
  let count = 0;
  let loseNext = false;
  let readyViews = 0;
  const nextId = (kind: string): string => `${kind}-${(count += 1)}`;

  const emit = (event: AppEvent): void => {
    state = reduceAppState(state, event);
    if (event.name === 'image.prepared') readyViews = event.payload.done;
    for (const [id, conversation] of conversations) conversations.set(id, reduceConversation(conversation, event));
    for (const { server, port } of connections) {
      if (loseNext) port.send({ kind: 'event', sequence: server.sequence() + 2, name: 'conversation.removed', payload: { id: 'lost' } });
      else server.emit(event.name, event.payload);
    }
    loseNext = false;
  };
  const conversationOf = (id: string): Conversation => {
    const conversation = conversations.get(id);
    if (conversation === undefined) throw facetError('notFound', { what: 'conversation', id });
    return conversation;
  };
  const messageOf = (id: string): { readonly conversation: Conversation; readonly message: Message } => {
    for (const conversation of conversations.values()) {
      const message = conversation.messages.find((candidate) => candidate.id === id);
      if (message !== undefined) return { conversation, message };
    }
    throw facetError('notFound', { what: 'message', id });
  };
  const changeMessage = (message: Message): void => emit({ name: 'message.changed', payload: { message } });
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  const answer = async (question: UserMessage, assistant: AssistantMessage): Promise<void> => {
    const { id, conversationId } = assistant;
    const script = options.script(question);
    const current = (): Message => messageOf(id).message;
    for (const { stage, pauseMs } of script.stages) {
      await pause(pauseMs);
      if (stopped.has(id)) break;
      emit({ name: 'message.staged', payload: { conversationId, messageId: id, stage } });
    }
    for (const text of script.pieces) {
      await pause(script.pauseMs);
      if (stopped.has(id)) break;
      emit({ name: 'message.appended', payload: { conversationId, messageId: id, text } });
    }
    const { receipt } = script;
    changeMessage({
      ...assistant,
      text: current().text,
      state: stopped.has(id) ? { kind: 'cancelled', receipt: { ...receipt, stopReason: 'cancelled' } } : { kind: 'complete', receipt },
    });
  };
  const beginAnswer = (question: UserMessage, existing?: AssistantMessage): Requests['message.send']['result'] => {
    const { conversationId } = question;
    const assistant: AssistantMessage = {
      ...(existing ?? { id: nextId('message'), conversationId, parentId: question.id, createdAt: Date.now(), text: '', role: 'assistant' }),
      state: { kind: 'generating', stage: { kind: 'readingPrompt', doneTokens: 0, totalTokens: 0 } },
    };
    stopped.delete(assistant.id);
    changeMessage(assistant);
    emit({ name: 'conversation.headMoved', payload: { conversationId, headId: assistant.id } });
    void answer(question, assistant);
    return { conversationId, userMessageId: question.id, assistantMessageId: assistant.id };
  };
  const ask = (
    conversationId: string,
    parentId: string | null,
    text: string,
    attachments: UserMessage['attachments'],
  ): Requests['message.send']['result'] => {
    const question: UserMessage = {
      id: nextId('message'),
      conversationId,
      parentId,
      createdAt: Date.now(),
      text,
      role: 'user',
      attachments,
    };
    changeMessage(question);
    return beginAnswer(question);
  };
  const questionOf = (id: string): UserMessage => {
    const { message } = messageOf(id);
    const question = message.parentId === null ? null : messageOf(message.parentId).message;
    if (question?.role !== 'user') throw facetError('notFound', { what: 'message', id });
    return question;
  };
  const absent = (): never => {
    throw facetError('internal', { message: 'The fake host does not do this.' });
  };

  const handlers: RequestHandlers<Requests> = {
    'app.describe': () => ({
      version: '0',
      host: 'headless',
      platform: 'linux',
      dataFolder: '/data',
      pathsAllowed: false,
      llamaVersion: '0',
    }),
    'app.snapshot': () => ({ sequence: 0, state }),
    'settings.update': ({ patch }) => {
      const settings = { ...state.settings, ...patch };
      emit({ name: 'settings.changed', payload: { settings } });
      return settings;
    },
    'log.read': () => options.log ?? [],
    'model.estimate': ({ subject, contextTokens, cacheType }) => {
      const estimate = exampleEstimate(subject, contextTokens, cacheType);
      const known = options.speeds?.find(({ size }) => size === estimate.size);
      const speed = known === undefined ? null : { wordsPerSecond: known.wordsPerSecond, predicted: known.predicted };
      return options.speeds === undefined ? estimate : { ...estimate, speed, verdict: judge({ ...estimate, speed }) };
    },
    'meaning.describe': () => options.meaning ?? noMeaning,
    'model.speeds': () => options.speeds ?? [],
    'machine.describe': () => ({ processor: 'Example processor', threads: 8, memory: 16e9, freeMemory: 12.5e9, freeDisk: 180e9 }),
    ...fakeGpus(),
    ...fakeModels({ state: () => state, emit }),
    'model.load': () => state.engine,
    'server.describe': absent,
    'server.save': absent,
    'server.allow': () => ({}),
    'conversation.create': ({ private: isPrivate = false }) => {
      const now = Date.now();
      const summary = {
        id: isPrivate ? asPrivateId(nextId('conversation')) : nextId('conversation'),
        title: '',
        titledBy: 'nobody',
        createdAt: now,
        updatedAt: now,
        opening: '',
      } as const;
      conversations.set(summary.id, { summary, system: '', messages: [], headId: null, compactions: [] });
      emit({ name: 'conversation.changed', payload: { summary } });
      return summary;
    },
    'conversation.open': ({ id, newest = Infinity }) => {
      const conversation = conversationOf(id);
      const page = newestOf(conversation.messages, newest);
      return { ...conversation, messages: page.messages, ...(page.earlier === 0 ? {} : { earlier: page.earlier }) };
    },
    'conversation.earlier': ({ id, before, limit }) => {
      const { messages } = conversationOf(id);
      return newestOf(
        messages.slice(
          0,
          Math.max(
            0,
            messages.findIndex((message) => message.id === before),
          ),
        ),
        limit,
      );
    },
    'conversation.rename': ({ id, title }) => {
      const summary = { ...conversationOf(id).summary, title, titledBy: 'user' as const };
      emit({ name: 'conversation.changed', payload: { summary } });
      return summary;
    },
    'conversation.setSystem': () => ({}),
    'conversation.remove': ({ id }) => {
      emit({ name: 'conversation.removed', payload: { id } });
      return {};
    },
    'conversation.restore': ({ id }) => {
      const { summary } = conversationOf(id);
      emit({ name: 'conversation.changed', payload: { summary } });
      return summary;
    },
    'conversation.search': () => [],
    'conversation.export': ({ id }) => ({ fileName: `${id}.md`, text: '' }),
    'conversation.compact': ({ id }) => {
      const { messages, headId } = conversationOf(id);
      const last = messages.findLast(({ role }) => role === 'user');
      const afterId = last?.parentId ?? headId ?? '';
      const compaction = {
        id: nextId('compaction'),
        conversationId: id,
        afterId,
        messages: 2,
        summary: 'They talked.',
        createdAt: 0,
        model: 'Model',
      };
      emit({ name: 'compaction.added', payload: { compaction } });
      return compaction;
    },
    'conversation.undoCompact': ({ id, compactionId }) => {
      emit({ name: 'compaction.removed', payload: { conversationId: id, id: compactionId } });
      return {};
    },
    'conversation.selectBranch': ({ id, messageId }) => {
      const { messages } = conversationOf(id);
      let headId = messageId;
      for (;;) {
        const child = messages.findLast((message) => message.parentId === headId);
        if (child === undefined) break;
        headId = child.id;
      }
      emit({ name: 'conversation.headMoved', payload: { conversationId: id, headId } });
      return {};
    },
    'message.send': ({ conversationId, parentId, text, attachments }) => {
      conversationOf(conversationId);
      return ask(conversationId, parentId, text, attachments);
    },
    'message.regenerate': ({ messageId }) => beginAnswer(questionOf(messageId)),
    'message.edit': ({ messageId, text, without = [] }) => {
      const { message } = messageOf(messageId);
      const before = message.role === 'user' ? message.attachments : [];
      const attachments = before.filter(({ attachmentId }) => !without.includes(attachmentId));
      return ask(message.conversationId, message.parentId, text, attachments);
    },
    'message.continue': ({ messageId }) => {
      const { message } = messageOf(messageId);
      if (message.role !== 'assistant')
        throw facetError('invalidRequest', { field: 'messageId', reason: 'only an answer can be continued' });
      return beginAnswer(questionOf(messageId), message);
    },
    'message.compute': absent,
    'message.exportList': absent,
    'message.cancel': ({ messageId }) => {
      stopped.add(messageId);
      return {};
    },
    ...fakeAttachments({ ...options, state: () => state, readyViews: () => readyViews, emit, nextId }),
    'table.describe': ({ attachmentId }) => options.tables?.[attachmentId] ?? [],
    'table.run': absent,
    'table.findRow': absent,
    'table.export': absent,
    ...fakeOcr(emit),
    ...fakeLibrary({ state: () => state, conversations: () => [...conversations.values()], texts: options.texts ?? {}, emit }),
    'context.measure': () => ({ system: 12, documents: 1800, images: 520, conversation: 900, answerRoom: 2048, available: 8192 }),
    'context.plan': absent,
  };

  return {
    openPort() {
      const [clientPort, serverPort] = createPortPair();
      // Snapshots carry the number of this connection, so each connection gets its own handler for them.
      const server: RpcServer<Events> = serveRpc<Requests, Events>(
        serverPort,
        { ...handlers, 'app.snapshot': () => ({ sequence: server.sequence(), state }) },
        checkParams,
      );
      const connection = { server, port: serverPort };
      connections.add(connection);
      serverPort.onClose(() => connections.delete(connection));
      return Promise.resolve(clientPort);
    },
    emit,
    dropConnections() {
      for (const { port } of [...connections]) port.close();
    },
    loseNextEvent() {
      loseNext = true;
    },
    conversation: conversationOf,
    state: () => state,
  };
}
