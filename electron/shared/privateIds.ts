/** Ids of private chats, of their messages and of their files begin so: nothing that carries one may reach the disk. */
const prefix = 'private-';

/** True for what belongs to a private chat. */
export function isPrivateId(id: string): boolean {
  return id.startsWith(prefix);
}

/** An id that says so. */
export function asPrivateId(id: string): string {
  return `${prefix}${id}`;
}
