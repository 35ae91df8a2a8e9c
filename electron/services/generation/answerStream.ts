import type { GenerationStage } from '../../shared/generation.ts';
import type { Emit } from '../emit.ts';
import { trimStart } from '../context/pieces.ts';

/** Least time between two pieces of one answer, in milliseconds. */
const pieceMs = 40;
/** Longest time a written piece waits, in milliseconds, however few bytes the answer has earned. */
const patienceMs = 1_000;
/** Time between two saves of a partial answer, in milliseconds. */
const saveMs = 400;
/** Least time between two stages of one kind, in milliseconds. */
const stageMs = 150;
const writingStageMs = 2_000;

/** Bytes of wire that each token earns, and what an answer starts with, so that 2,000 tokens stay under 40 bytes each and the first words come at once. */
const bytesPerToken = 30;
const bytesAtStart = 6_000;
/** Bytes of one event besides its text and its two ids. */
const eventBytes = 130;

export interface AnswerStreamOptions {
  readonly conversationId: string;
  readonly messageId: string;
  /** What the answer holds already, when it goes on. */
  readonly rawText: string;
  readonly emit: Emit;
  readonly save: (text: string) => void;
}

/** One answer on its way to people and to the disk. */
export interface AnswerStream {
  /** As produced so far. */
  rawText(): string;
  /** What every connection has been told so far; pieces that follow go on from here. */
  shownText(): string;
  stage(): GenerationStage;
  setStage(stage: GenerationStage): void;
  write(text: string, tokens: number): void;
  /** Sends and saves what waits, and ends the timers. */
  end(): void;
}

export function createAnswerStream({ conversationId, messageId, rawText, emit, save }: AnswerStreamOptions): AnswerStream {
  let raw = rawText;
  let shown = trimStart(rawText);
  let saved = shown;
  let stage: GenerationStage = { kind: 'waiting' };
  let stagedAt = 0;
  let sentAt = 0;
  let allowance = bytesAtStart;
  let timer: NodeJS.Timeout | null = null;

  const send = (): void => {
    const text = trimStart(raw).slice(shown.length);
    if (text === '') return;
    shown += text;
    sentAt = performance.now();
    allowance -= eventBytes + conversationId.length + messageId.length + Buffer.byteLength(JSON.stringify(text));
    emit('message.appended', { conversationId, messageId, text });
  };
  /** Milliseconds until a piece may be sent; 0 for now. */
  const wait = (): number => {
    const since = performance.now() - sentAt;
    if (since >= patienceMs) return 0;
    if (since < pieceMs) return pieceMs - since;
    return allowance >= 2 * eventBytes ? 0 : pieceMs;
  };
  const sendWhenAllowed = (): void => {
    if (timer !== null) return;
    const ms = wait();
    // Never in the caller's own turn: an opened conversation must not miss a piece between its reading and its sending.
    timer = setTimeout(() => {
      timer = null;
      if (wait() === 0) send();
      else sendWhenAllowed();
    }, ms);
  };
  const saver = setInterval(() => {
    const text = trimStart(raw);
    if (text === saved) return;
    try {
      save(text);
      saved = text;
    } catch {
      // A full disk must not end the host. It is tried again, and what cannot be stored at the end of the answer is told then.
    }
  }, saveMs);

  return {
    rawText: () => raw,
    shownText: () => shown,
    stage: () => stage,
    setStage: (next) => {
      const now = performance.now();
      const least = next.kind === 'writing' ? writingStageMs : stageMs;
      const tooSoon = next.kind === stage.kind && now - stagedAt < least;
      stage = next;
      if (tooSoon) return;
      stagedAt = now;
      allowance -= eventBytes + conversationId.length + messageId.length;
      emit('message.staged', { conversationId, messageId, stage });
    },
    write: (text, newTokens) => {
      raw += text;
      allowance += newTokens * bytesPerToken;
      sendWhenAllowed();
    },
    end: () => {
      if (timer !== null) clearTimeout(timer);
      clearInterval(saver);
      send();
    },
  };
}
