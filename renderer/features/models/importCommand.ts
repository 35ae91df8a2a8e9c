/** What to type in a terminal to add a model file to this data folder. Quoted for POSIX shells and PowerShell where the folder needs it. */
export function importCommand(dataFolder: string, fileName: string): string {
  return `facet models import --data ${quoted(dataFolder)} ${quoted(`/path/to/${fileName}`)}`;
}

function quoted(path: string): string {
  return /^[\w./:\\~-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
