import type { Attachment, AttachmentState } from '../../shared/attachments.ts';
import { isCancelled, toErrorData } from '../../shared/errors.ts';
import type { Emit } from '../emit.ts';
import type { FileReadingOptions } from './fileReading.ts';
import { createReadingProgress, type ReadingProgress } from './readingProgress.ts';

/** Progress is announced at most this often, in milliseconds. */
const progressEveryMs = 100;

export interface RunningReading {
  /** Never rejects: what is wrong with the file is a state. Where it was stopped, the attachment stays unread. */
  readonly ended: Promise<Attachment>;
  /** Not stored. */
  readonly progress: ReadingProgress;
}

export interface StartOptions {
  readonly password: string | null;
  /** Of a file that is both, the first page as a picture. */
  readonly asPicture?: boolean;
}

/** Readings on their way, at most one for each attachment. Their progress is told by `attachment.changed`. */
export interface RunningReadings {
  get(id: string): RunningReading | undefined;
  start(attachment: Attachment, options: StartOptions): RunningReading;
  /** Resolves when it has stopped; at once where none runs. */
  stop(id: string): Promise<void>;
  stopAll(): Promise<void>;
}

/** `keep` stores how a reading ended, and returns the attachment as it is from then on. */
export function createRunningReadings(options: {
  readonly read: (attachment: Attachment, options: FileReadingOptions) => Promise<AttachmentState>;
  readonly keep: (ended: Attachment) => Attachment;
  readonly emit: Emit;
}): RunningReadings {
  const { read, keep, emit } = options;
  const running = new Map<string, RunningReading & { readonly abort: AbortController }>();

  const start: RunningReadings['start'] = (attachment, { password, asPicture = false }) => {
    const { id } = attachment;
    const abort = new AbortController();
    const progress = createReadingProgress();
    let nextAnnouncement: NodeJS.Timeout | null = null;
    const announce = (): void => emit('attachment.changed', { attachment: { ...attachment, state: progress.state } });
    const onPage: FileReadingOptions['onPage'] = (...page) => {
      progress.advance(...page);
      if (nextAnnouncement !== null) return;
      announce();
      // The newest page is told too when none follows it for a while.
      nextAnnouncement = setTimeout(() => {
        nextAnnouncement = null;
        if (running.get(id) === active) announce();
      }, progressEveryMs);
    };
    const over = (): void => {
      clearTimeout(nextAnnouncement ?? undefined);
      running.delete(id);
    };
    const ended = read(attachment, { password, asPicture, signal: abort.signal, onPage }).then(
      (state) => {
        over();
        return keep({ ...attachment, state });
      },
      (error: unknown) => {
        over();
        return isCancelled(error) && abort.signal.aborted
          ? attachment
          : keep({ ...attachment, state: { kind: 'failed', error: toErrorData(error) } });
      },
    );
    const active = { abort, ended, progress };
    running.set(id, active);
    return active;
  };

  const stop = async (id: string): Promise<void> => {
    const active = running.get(id);
    active?.abort.abort();
    await active?.ended;
  };
  return {
    get: (id) => running.get(id),
    start,
    stop,
    stopAll: async () => {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}
