import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';

/** How far a download is; once all of it came it is checked and unpacked. */
export function packWords(name: string, receivedBytes: number, totalBytes: number): string {
  if (receivedBytes >= totalBytes) return `Checking ${name}`;
  return `Getting ${name}: ${bytesInWords(receivedBytes)} of ${bytesInWords(totalBytes)}`;
}
