import { randomBytes } from 'node:crypto';

/**
 * A new id of 16 characters (almost 96 random bits): short, because ids of messages travel with every piece of an answer. It never begins with a
 * dash, so that it can stand on a command line.
 */
export function newId(): string {
  const id = randomBytes(12).toString('base64url');
  return id.startsWith('-') ? newId() : id;
}
