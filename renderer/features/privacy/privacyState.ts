import type { Model } from '../../../electron/shared/models.ts';

/** Where this window's words go and what is fetched right now. */
export interface PrivacyState {
  readonly kind: 'offline' | 'downloading' | 'remote';
  /** One or two words for the header. */
  readonly label: string;
  readonly sentences: readonly string[];
  /** What happens to what is dropped and written, in a line; for where that is invited. */
  readonly promise: string;
  /** What happens to a file that is dropped here, as a sentence. */
  readonly dropped: string;
  /** Where Facet and its own models run: "this computer", else its name. */
  readonly computer: string;
}

const here = {
  promise: 'Everything is read on this computer. Nothing leaves it.',
  dropped: 'It stays on this computer.',
  computer: 'this computer',
} as const;

const ownHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param hostname of the page; another machine's name means that the pages go over a network
 * @param protocol of the page; the desktop app serves itself under `app:`
 * @param answering the model that answers next
 */
export function privacyState(hostname: string, protocol: string, models: readonly Model[], answering: Model | null = null): PrivacyState {
  if (protocol !== 'app:' && !ownHosts.has(hostname)) {
    return {
      kind: 'remote',
      label: hostname,
      sentences: [`Facet runs on ${hostname}.`, 'What you write and attach here is sent to that computer, and to nobody else.'],
      promise: `Everything is sent to ${hostname} and read there.`,
      dropped: `It is sent to ${hostname}.`,
      computer: hostname,
    };
  }
  if (answering?.server?.nearby === false) {
    const { host } = answering.server;
    return {
      ...here,
      kind: 'remote',
      label: host,
      sentences: [
        `${answering.name} runs on ${host}.`,
        `A chat that you allow is sent there: its words, and the parts of its pictures and documents that a question needs. Other chats stay on this computer.`,
      ],
      promise: `Files are read on this computer. What a question needs is sent to ${host} once you allow it.`,
    };
  }
  const downloading = models.filter(({ state }) => state.kind === 'downloading');
  if (downloading.length > 0) {
    const names = downloading.map(({ name, state }) => `${name}${state.kind === 'downloading' ? ` from ${state.source}` : ''}`).join(', ');
    return {
      ...here,
      kind: 'downloading',
      label: 'Downloading',
      sentences: [`Facet is fetching ${names}.`, 'Nothing you write or attach leaves this computer.'],
    };
  }
  return {
    ...here,
    kind: 'offline',
    label: 'Offline',
    sentences: [
      'Pictures, documents and chats stay on this computer.',
      'Facet uses the network only while something that you asked for is downloaded.',
    ],
  };
}
