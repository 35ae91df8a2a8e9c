import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { openServices } from '../../electron/headless/openServices.ts';
import { createOutput } from '../../electron/headless/output.ts';
import { runFacet } from '../../electron/headless/runFacet.ts';
import { Collected } from './collected.ts';
import { scriptedChildren } from './scriptedChildren.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLine {
  /** Where its data lies, and where it runs. */
  readonly folder: string;
  facet(given: readonly string[], stdin?: string): Promise<Ended>;
  /** The JSON document of a command that ends well and says nothing else. */
  json(...given: readonly string[]): Promise<Record<string, unknown>>;
  remove(): void;
}

/** The command line on the real services and reader, with the scripted engine in the real one's place, and a data folder of its own. */
export function commandLine(): CommandLine {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'facet-command-'));
  const environment = { ...process.env, FACET_DATA: folder, FACET_TEST_GRACE_MS: '400' };
  /** Runs as the process does, in this process: starting one for each case would take most of the time. */
  const facet = async (given: readonly string[], stdin = ''): Promise<Ended> => {
    const stdout = new Collected();
    const stderr = new Collected();
    const services = openServices({ resourcesFolder: root, version: '1.2.3', starter: scriptedChildren() });
    const code = await runFacet(given, {
      output: createOutput({ stdout, stderr }),
      stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
      signal: new AbortController().signal,
      environment,
      workingFolder: folder,
      resourcesFolder: root,
      pageFolder: join(root, 'dist/renderer'),
      version: '1.2.3',
      openApp: (data) => services.openApp(data ?? folder),
      openWire: services.openWire,
      openReader: services.openReader,
      openEngine: services.openEngine,
    });
    await services.close();
    return { code, stdout: stdout.text, stderr: stderr.text };
  };
  return {
    folder,
    facet,
    json: async (...given) => {
      const { code, stdout, stderr } = await facet([...given, '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
