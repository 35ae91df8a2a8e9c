import type { Model } from '../../../electron/shared/models.ts';

/** Where this window's words go and what is fetched right now. */
export interface PrivacyState {
  readonly kind: 'offline' | 'downloading' | 'remote';
  /** One or two words for the header. */
  readonly label: string;
  readonly sentences: readonly string[];
}

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
    };
  }
  if (answering?.server?.nearby === false) {
    const { host } = answering.server;
    return {
      kind: 'remote',
      label: host,
      sentences: [
        `${answering.name} runs on ${host}.`,
        `A chat that you allow is sent there: its words, and the parts of its pictures and documents that a question needs. Other chats stay on this computer.`,
      ],
    };
  }
  const downloading = models.filter(({ state }) => state.kind === 'downloading');
  if (downloading.length > 0) {
    const names = downloading.map(({ name, state }) => `${name}${state.kind === 'downloading' ? ` from ${state.source}` : ''}`).join(', ');
    return {
      kind: 'downloading',
      label: 'Downloading',
      sentences: [`Facet is fetching ${names}.`, 'Nothing you write or attach leaves this computer.'],
    };
  }
  return {
    kind: 'offline',
    label: 'Offline',
    sentences: [
      'Pictures, documents and chats stay on this computer.',
      'Facet uses the network only while something that you asked for is downloaded.',
    ],
  };
}
