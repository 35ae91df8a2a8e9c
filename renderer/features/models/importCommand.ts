/** What to type in a terminal to add a model file to this data folder. Quoted for POSIX shells and PowerShell where the folder needs it. */
export function importCommand(dataFolder: string): string {
  const folder = /^[\w./:\\~-]+$/u.test(dataFolder) ? dataFolder : `'${dataFolder}'`;
  return `facet models import --data ${folder} /path/to/model.gguf`;
}
