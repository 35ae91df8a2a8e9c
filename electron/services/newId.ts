import { randomBytes } from 'node:crypto';

/** A new id of 16 characters (96 random bits): short, because ids of messages travel with every piece of an answer. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}
