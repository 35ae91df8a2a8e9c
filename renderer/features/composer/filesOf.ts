import { folderLimits, type FolderFile, isHiddenName } from '../../../electron/shared/folderRules.ts';

/** A file of a folder that was dropped or picked. */
export interface FoundFile extends FolderFile {
  readonly file: File;
}

export interface DroppedFolder {
  readonly name: string;
  readonly files: readonly FoundFile[];
}

interface Drop {
  readonly files: readonly File[];
  /** To be walked; they must be taken from the drop at once, and can be read after it. */
  readonly folders: readonly FileSystemDirectoryEntry[];
}

/** The files and folders of a drop. */
export function filesOf(transfer: DataTransfer): Drop {
  const files: File[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isFolder(entry)) folders.push(entry);
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

/** Every file in a folder and below it. Stops where the limits are passed already: a whole disk may have been dropped. */
export async function walkFolder(folder: FileSystemDirectoryEntry): Promise<DroppedFolder> {
  const files: FoundFile[] = [];
  const walk = async (entry: FileSystemDirectoryEntry, above: string, depth: number): Promise<void> => {
    for (const child of await childrenOf(entry)) {
      if (files.length > folderLimits.files) return;
      if (isHiddenName(child.name)) continue;
      const path = `${above}${child.name}`;
      if (!isFolder(child)) {
        const file = await fileOf(child as FileSystemFileEntry);
        files.push({ path, bytes: file.size, file });
      } else if (depth <= folderLimits.depth) await walk(child, `${path}/`, depth + 1);
    }
  };
  await walk(folder, '', 0);
  return { name: folder.name, files };
}

/** The files of a folder picked in the file dialog, which gives each with its path from the folder on. */
export function pickedFolder(files: readonly File[]): DroppedFolder | null {
  const [first] = files;
  if (first === undefined) return null;
  return {
    name: first.webkitRelativePath.split('/')[0] ?? '',
    files: files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), bytes: file.size, file })),
  };
}

/** The `data:` addresses of pictures in a drop: of a picture itself, else of one inside a link. */
export function dataAddressesOf(transfer: Pick<DataTransfer, 'getData'>): readonly string[] {
  const addresses = transfer.getData('text/uri-list').split(/\r?\n/);
  const own = addresses.filter((address) => /^data:/i.test(address));
  if (own.length > 0) return own;
  // Words of a page, which are looked through and never become elements.
  return [...transfer.getData('text/html').matchAll(/<img\b[^>]*?\ssrc\s*=\s*(["'])(data:.*?)\1/gis)].map((found) => found[2] ?? '');
}

/** A picture or a link dragged out of a browser that gives its address alone. */
export function isOnlyLink({ types }: Pick<DataTransfer, 'types'>): boolean {
  return types.includes('text/uri-list') && !types.includes('Files');
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A browser hands a folder's entries out in portions until one is empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0 || all.length > 20 * folderLimits.files) return all;
    all.push(...portion);
  }
}
