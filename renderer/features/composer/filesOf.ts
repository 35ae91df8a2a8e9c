/** The files of a drop, and the names of the folders in it, which cannot be taken. */
export function filesOf(transfer: DataTransfer): { readonly files: readonly File[]; readonly folders: readonly string[] } {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push(entry.name);
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

/** A picture or a link dragged out of a browser that gives its address alone. */
export function isOnlyLink({ types }: Pick<DataTransfer, 'types'>): boolean {
  return types.includes('text/uri-list') && !types.includes('Files');
}
