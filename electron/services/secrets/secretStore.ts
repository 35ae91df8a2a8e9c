import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { facetError } from '../../shared/errors.ts';

/** The system's own safe for short texts; under Electron the keychain. */
export interface Sealer {
  /** False where the system has none. */
  available(): boolean;
  /** Base64. */
  seal(text: string): string;
  /** Null for what was sealed by somebody else. */
  open(sealed: string): string | null;
}

/** Keys and tokens by name, in one file that only this user can read; sealed where the system can. */
export interface SecretStore {
  /** Whether what is set from now on is sealed by the system; else it lies in the file as it is. */
  isSealed(): boolean;
  /** Null for none, and for one that cannot be opened here any more. */
  get(name: string): string | null;
  /** Null forgets it. @throws FacetError diskFailed */
  set(name: string, value: string | null): void;
}

interface Entry {
  readonly sealed: boolean;
  readonly value: string;
}

const none: Sealer = { available: () => false, seal: (text) => text, open: (sealed) => sealed };

export function createSecretStore(folder: string, sealer: Sealer = none): SecretStore {
  const path = join(folder, 'secrets.json');
  // Read each time: another run on the same folder may have changed it.
  const read = (): Readonly<Record<string, Entry>> => {
    try {
      const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return typeof content === 'object' && content !== null ? (content as Record<string, Entry>) : {};
    } catch {
      return {};
    }
  };
  return {
    isSealed: () => sealer.available(),
    get: (name) => {
      const entry = read()[name];
      if (entry === undefined) return null;
      return entry.sealed ? sealer.open(entry.value) : entry.value;
    },
    set: (name, value) => {
      const others = Object.entries(read()).filter(([key]) => key !== name);
      const sealed = sealer.available();
      const added: readonly [string, Entry][] = value === null ? [] : [[name, { sealed, value: sealed ? sealer.seal(value) : value }]];
      const part = `${path}.part`;
      try {
        writeFileSync(part, JSON.stringify(Object.fromEntries([...others, ...added])), { mode: 0o600 });
        chmodSync(part, 0o600);
        renameSync(part, path);
      } catch (error) {
        throw facetError('diskFailed', { path, reason: error instanceof Error ? error.message : String(error) }, error);
      }
    },
  };
}
