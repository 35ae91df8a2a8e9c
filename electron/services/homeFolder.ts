import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/** What is known of where the user's files are. */
export interface HomeFacts {
  /** Of the environment, or of the system where that has none; may be empty, and may fail. */
  readonly home: () => string;
  /** Of the system's list of users alone. */
  readonly listed: () => string;
}

/** The user's folder; empty when nobody knows it, as for services without a home. An environment that names a relative one is not believed. */
export function homeFolder(facts: HomeFacts = { home: homedir, listed: () => userInfo().homedir }): string {
  return [facts.home, facts.listed].map(absoluteOf).find((folder) => folder !== '') ?? '';
}

function absoluteOf(ask: () => string): string {
  try {
    const folder = ask();
    return isAbsolute(folder) ? folder : '';
  } catch {
    // A user that the system does not list.
    return '';
  }
}
