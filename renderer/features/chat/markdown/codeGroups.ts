/** Lines of one group: shown, compared and highlighted together. */
export const linesPerGroup = 40;

/** The code in groups of lines; each ends with a line break. Joined they are the code and one line break. */
export function codeGroups(code: string): readonly string[] {
  const lines = code.split('\n');
  const groups: string[] = [];
  for (let start = 0; start < lines.length; start += linesPerGroup)
    groups.push(`${lines.slice(start, start + linesPerGroup).join('\n')}\n`);
  return groups;
}
