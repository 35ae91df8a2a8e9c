import { createHash } from 'node:crypto';
import { facetError } from '../../shared/errors.ts';
import { isPrivateId } from '../../shared/privateIds.ts';
import type { ModelServer } from '../../shared/servers.ts';
import type { Database } from '../database/openDatabase.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import { parseServerAddress } from './serverAddress.ts';

/** The servers that the user named, with their keys, and which conversations may be sent to which. */
export interface ServerStore {
  list(): readonly ModelServer[];
  /** @throws FacetError notFound */
  get(id: string): ModelServer;
  key(id: string): string | null;
  /**
   * Adds a server, or changes the one of the same address and model. A key of null leaves the one that is kept.
   * @throws FacetError invalidRequest for an address that cannot be used, diskFailed
   */
  save(server: Omit<ModelServer, 'id'>, key: string | null): ModelServer;
  /** False when there was none. Its key and its consents go with it. */
  remove(id: string): boolean;
  allow(conversationId: string, id: string): void;
  /** Whether this conversation's content may be sent there. */
  allows(conversationId: string, id: string): boolean;
}

interface Row {
  readonly id: string;
  readonly address: string;
  readonly model: string;
  readonly context_tokens: number;
  readonly vision_side: number | null;
  readonly vision_tokens: number | null;
}

export function createServerStore(database: Database, secrets: SecretStore): ServerStore {
  const all = database.prepare<[], Row>('SELECT * FROM model_servers ORDER BY model, address');
  const one = database.prepare<[string], Row>('SELECT * FROM model_servers WHERE id = ?');
  // No INSERT OR REPLACE: it would take the consents with the old row.
  const write = database.prepare<[Row]>(
    `INSERT INTO model_servers VALUES (@id, @address, @model, @context_tokens, @vision_side, @vision_tokens)
     ON CONFLICT (id) DO UPDATE SET context_tokens = excluded.context_tokens, vision_side = excluded.vision_side, vision_tokens = excluded.vision_tokens`,
  );
  const drop = database.prepare<[string]>('DELETE FROM model_servers WHERE id = ?');
  const allow = database.prepare<[string, string]>('INSERT OR IGNORE INTO server_consents VALUES (?, ?)');
  const allowed = database.prepare<[string, string]>('SELECT 1 FROM server_consents WHERE conversation_id = ? AND server_id = ?');
  /** Of chats that never reach the disk. */
  const privatelyAllowed = new Set<string>();
  const get = (id: string): ModelServer => {
    const row = one.get(id);
    if (row === undefined) throw facetError('notFound', { what: 'model', id });
    return fromRow(row);
  };
  return {
    list: () => all.all().map(fromRow),
    get,
    key: (id) => secrets.get(id),
    save: ({ address, model, contextTokens, vision }, key) => {
      const { href } = parseServerAddress(address);
      const id = `server-${createHash('sha256').update(`${href}\n${model}`).digest('hex').slice(0, 12)}`;
      write.run({
        id,
        address: href,
        model,
        context_tokens: contextTokens,
        vision_side: vision?.side ?? null,
        vision_tokens: vision?.tokens ?? null,
      });
      if (key !== null) secrets.set(id, key === '' ? null : key);
      return get(id);
    },
    remove: (id) => {
      const removed = drop.run(id).changes > 0;
      if (removed && secrets.get(id) !== null) secrets.set(id, null);
      return removed;
    },
    allow: (conversationId, id) => {
      if (isPrivateId(conversationId)) privatelyAllowed.add(`${conversationId} ${id}`);
      else allow.run(conversationId, id);
    },
    allows: (conversationId, id) => privatelyAllowed.has(`${conversationId} ${id}`) || allowed.get(conversationId, id) !== undefined,
  };
}

function fromRow({ id, address, model, context_tokens, vision_side, vision_tokens }: Row): ModelServer {
  const vision = vision_side === null || vision_tokens === null ? null : { side: vision_side, tokens: vision_tokens };
  return { id, address, model, contextTokens: context_tokens, vision };
}
