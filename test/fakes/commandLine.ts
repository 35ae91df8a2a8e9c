import { spawn } from 'node:child_process';
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

const root = join(import.meta.dirname, '../..');

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** It gets the signal as soon as this is on its standard output, or holds. */
  readonly interruptAt?: string | (() => boolean);
  readonly signal?: NodeJS.Signals;
  /** Added to its environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where its standard output goes; a pipe unless given. */
  readonly stdout?: number;
  readonly workingFolder?: string;
}

export interface CommandLine {
  /** The data folder, and the working folder. */
  readonly folder: string;
  /** Runs a command line as the process does, in this process: starting one for each case would take most of the time. */
  facet(given: readonly string[], stdin?: string): Promise<Ended>;
  /** The same as a process of its own. */
  facetProcess(given: readonly string[], options?: ProcessOptions): Promise<Ended>;
  /** What a command that succeeds says with `--json`: one document, and nothing else. */
  json(...given: readonly string[]): Promise<Record<string, unknown>>;
  /** Deletes the folder. */
  remove(): void;
}

/** The command line on the real services and reader, with the scripted engine in the real one's place, and a data folder of its own. */
export function createCommandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'facet-command-'));
  const environment = { ...process.env, FACET_DATA: folder, FACET_TEST_GRACE_MS: '400' };

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
    facetProcess: (given, options = {}) => {
      const child = spawn(process.execPath, [join(root, 'test/fakes/scriptedFacet.ts'), ...given], {
        env: { ...environment, ...options.environment },
        stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
        ...(options.workingFolder === undefined ? {} : { cwd: options.workingFolder }),
      });
      let stdout = '';
      let stderr = '';
      const { interruptAt = () => false, signal = 'SIGINT' } = options;
      const isTime = typeof interruptAt === 'string' ? () => stdout.includes(interruptAt) : interruptAt;
      const interrupt = (): void => {
        if (!isTime()) return;
        clearInterval(looking);
        child.kill(signal);
      };
      const looking = setInterval(interrupt, 20);
      child.stdout?.on('data', (data: Buffer) => {
        stdout += data.toString();
        interrupt();
      });
      child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
      return new Promise((resolve) =>
        child.on('close', (code) => {
          clearInterval(looking);
          resolve({ code, stdout, stderr });
        }),
      );
    },
    json: async (...given) => {
      const { code, stdout, stderr } = await facet([...given, '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
