/** Where the catalogue's files lie. */
export const defaultHub = 'https://huggingface.co';

/** A file in a repository of the hub. */
export interface HubFile {
  readonly repository: string;
  /** Commit; null for the newest one. */
  readonly revision: string | null;
  readonly file: string;
}

/** Where a file of the hub is fetched. */
export function hubUrl({ repository, revision, file }: HubFile, hub: string = defaultHub): string {
  const path = [...repository.split('/'), 'resolve', revision ?? 'main', ...file.split('/')];
  return `${hub}/${path.map(encodeURIComponent).join('/')}`;
}
