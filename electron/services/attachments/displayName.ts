/** Characters that hide or reorder a name on screen: controls, and marks that switch the writing direction. */
// eslint-disable-next-line no-control-regex
const deceptive = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Longest name kept, in UTF-16 units; the end with the extension is kept. */
const longestName = 200;

/** The name of a file for people, out of a name or path from anywhere. It is data: no path is ever made from it. */
export function displayName(raw: string): string {
  const last = raw.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const name = last.toWellFormed().replace(deceptive, '').trim();
  if (name === '') return 'file';
  return name.length <= longestName ? name : `${name.slice(0, longestName - 21)}…${name.slice(-20)}`.toWellFormed();
}
