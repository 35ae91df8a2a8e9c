/** What is taken of a folder that is given whole, in the window and on the command line alike. Beyond that it is a mistake of the folder. */
export const folderLimits = {
  /** Files in it and below it. */
  files: 100,
  /** Folders in folders. */
  depth: 16,
  /** Bytes of all its files. */
  bytes: 2 * 1024 ** 3,
} as const;

export interface FolderFile {
  /** Names from the folder given down to the file, `/` between them; the folder's own name is not in it. */
  readonly path: string;
  readonly bytes: number;
}

export type FolderRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooManyFiles' }
  | { readonly kind: 'tooDeep' }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/** Hidden by its name, as systems keep their own things in folders. */
export function isHiddenName(name: string): boolean {
  return name.startsWith('.') || /^(?:thumbs\.db|desktop\.ini)$/i.test(name);
}

/** The files to take, in the order of their names, or why none is taken. Hidden files and those in hidden folders are left out. */
export function takeFolder<File extends FolderFile>(found: readonly File[]): readonly File[] | FolderRefusal {
  const files = found
    .filter(({ path }) => !path.split('/').some(isHiddenName))
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  if (files.length === 0) return { kind: 'empty' };
  if (files.length > folderLimits.files) return { kind: 'tooManyFiles' };
  if (files.some(({ path }) => path.split('/').length > folderLimits.depth + 1)) return { kind: 'tooDeep' };
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes > folderLimits.bytes ? { kind: 'tooLarge', bytes } : files;
}
