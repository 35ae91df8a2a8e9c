import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may use the browser wire: whoever holds a session cookie, which only a one-time link gives. */
export interface Sessions {
  /** A fresh token for one link; it works once. */
  createLinkToken(): string;
  /** The session's secret for a good token, which is used up by it; null for any other token. */
  redeem(token: string): string | null;
  /** Whether a Cookie header carries a live session. */
  accepts(cookieHeader: string | undefined): boolean;
  /** The Set-Cookie line that hands a session to the browser: unreadable for scripts, never sent from other sites. */
  cookieFor(secret: string): string;
}

/** @param port is part of the cookie's name, because cookies do not tell ports of one machine apart. */
export function createSessions(port: number): Sessions {
  const cookieName = `facet_${port}`;
  const links: Buffer[] = [];
  const secrets: Buffer[] = [];
  return {
    createLinkToken() {
      const token = randomSecret();
      links.push(digest(token));
      return token;
    },
    redeem(token) {
      const index = indexOfDigest(links, token);
      if (index < 0) return null;
      links.splice(index, 1);
      const secret = randomSecret();
      secrets.push(digest(secret));
      return secret;
    },
    accepts: (cookieHeader) => cookieValues(cookieHeader ?? '', cookieName).some((value) => indexOfDigest(secrets, value) >= 0),
    cookieFor: (secret) => `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares digests, and all of them, so that time tells nothing about a secret. */
function indexOfDigest(digests: readonly Buffer[], text: string): number {
  const wanted = digest(text);
  return digests.reduce((found, candidate, index) => (timingSafeEqual(candidate, wanted) ? index : found), -1);
}

function cookieValues(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
