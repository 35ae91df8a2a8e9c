import { assertNever } from './assertNever.ts';
import { bytesInWords } from './bytesInWords.ts';
import { folderLimits, type FolderRefusal } from './folderRules.ts';

/** Why a folder is not taken, as a clause that goes on after its name. */
export function folderRefusalText(refusal: FolderRefusal): string {
  switch (refusal.kind) {
    case 'empty':
      return 'the folder holds no files';
    case 'tooManyFiles':
      return `the folder holds more than ${String(folderLimits.files)} files, and at most ${String(folderLimits.files)} are taken`;
    case 'tooDeep':
      return `the folder has more than ${String(folderLimits.depth)} folders inside one another`;
    case 'tooLarge':
      return `the folder’s files are ${bytesInWords(refusal.bytes)}, and at most ${bytesInWords(folderLimits.bytes)} are taken at once`;
    default:
      return assertNever(refusal, 'folder refusal');
  }
}
