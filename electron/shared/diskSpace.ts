/** Kept free beside a download, so that chats can still be saved when it ends, in bytes. */
const reserveBytes = 512 * 1024 ** 2;

/** What the disk must have free before `bytes` are written to it: five percent more and a reserve. */
export function spaceNeeded(bytes: number): number {
  return Math.ceil(bytes * 1.05) + reserveBytes;
}
