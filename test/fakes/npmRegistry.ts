import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NpmFile } from '../../electron/services/packages/fetchNpmFile.ts';
import { type RudeServer, startRudeServer } from './rudeServer.ts';

export interface NpmRegistry {
  readonly server: RudeServer;
  /** The package's only file, as it truly is. */
  readonly file: NpmFile;
  close(): Promise<void>;
}

/** A registry on 127.0.0.1 with one package of one file, which npm is told to use until `close`. Its archive can be served as rudely as any file. */
export async function startNpmRegistry(content: Buffer): Promise<NpmRegistry> {
  const name = '@test/data';
  const version = '1.0.0';
  const archive = archiveOf(name, version, content);
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  const server = await startRudeServer(archive);
  const { origin } = new URL(server.url);
  server.always((request, response) => {
    if (!(request.url ?? '').endsWith('.tgz')) {
      const dist = { tarball: `${origin}/data.tgz`, integrity };
      const versions = { [version]: { name, version, dist } };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
      return;
    }
    response.writeHead(200, { 'content-length': archive.length });
    response.end(archive);
  });
  const before = { ...process.env };
  process.env['npm_config_registry'] = origin;
  process.env['npm_config_fetch_retries'] = '0';
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    server,
    file: { package: name, version, integrity, bytes: archive.length, member: 'package/data.bin', memberBytes: content.length, sha256 },
    close: async () => {
      for (const key of ['npm_config_registry', 'npm_config_fetch_retries']) {
        if (before[key] === undefined) Reflect.deleteProperty(process.env, key);
        else process.env[key] = before[key];
      }
      await server.close();
    },
  };
}

function archiveOf(name: string, version: string, content: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'facet-npm-'));
  try {
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify({ name, version }));
    writeFileSync(join(folder, 'package/data.bin'), content);
    const file = join(folder, 'data.tgz');
    execFileSync('tar', ['-czf', file, '-C', dirname(join(folder, 'package')), 'package']);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
