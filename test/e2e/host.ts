import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, expect, type Page } from 'playwright/test';
import { press } from './press.ts';

export const root = join(import.meta.dirname, '../..');
export const fixture = (name: string): string => join(root, 'test/fixtures', name);

/** The built host as a person starts it, on a data folder of its own. */
export interface Host {
  readonly url: string;
  readonly dataFolder: string;
  readonly pid: number;
  /** Ends the host as Ctrl-C does, and says its exit code. */
  stop(): Promise<number | null>;
}

/** What is started: Facet as it was built, or its sources with a scripted engine in the real one's place. */
export const builtFacet = join(root, 'dist/facet.js');
const scriptedFacet = join(root, 'test/fakes/scriptedFacet.ts');

/** @param environment added to the host's */
export async function startHost(dataFolder: string, program: string, environment: Readonly<Record<string, string>>): Promise<Host> {
  const host = spawn(join(root, 'node_modules/.bin/node'), [program, 'serve', '--json', '--data', dataFolder], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return { url, dataFolder, pid: host.pid ?? 0, stop: () => stop(host) };
}

async function stop(host: ChildProcess): Promise<number | null> {
  if (host.exitCode === null && host.signalCode === null) {
    const ended = once(host, 'exit');
    host.kill('SIGTERM');
    await ended;
  }
  return host.exitCode;
}

interface Fixtures {
  /** `builtFacet`, or Facet with the scripted engine; tests change it with `test.use`. */
  readonly program: string;
  /** Environment of the host; tests change it with `test.use`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly host: Host;
  /** What the page reported against its policy, and what it threw. Checked to be empty at the end of every test. */
  readonly complaints: string[];
}

/** Every test gets a host of its own, and fails on any policy violation or page error. */
export const test = base.extend<Fixtures>({
  program: [scriptedFacet, { option: true }],
  environment: [{}, { option: true }],
  host: async ({ program, environment }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    const host = await startHost(folder, program, environment);
    await use(host);
    expect(await host.stop(), 'the host ends cleanly').toBe(0);
    await rm(folder, { recursive: true, force: true });
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      await page.exposeFunction('facetComplains', (text: string) => complaints.push(text));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const complain = Reflect.get(globalThis, 'facetComplains') as (text: string) => void;
          complain(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`);
        });
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use(complaints);
      expect(complaints, 'policy violations and page errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the one-time link and takes the model that needs no download. */
export async function openReady(page: Page, host: Host): Promise<void> {
  await page.goto(host.url);
  await press(page, /try it now/i);
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeVisible();
}

/** Asks and waits for the whole answer. */
export async function ask(page: Page, question: string): Promise<void> {
  await send(page, question);
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
}

export async function send(page: Page, question: string): Promise<void> {
  const before = await answers(page).count();
  await page.getByRole('textbox', { name: 'Your message' }).fill(question);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(answers(page)).toHaveCount(before + 1);
}

export const answers = (page: Page) => page.getByRole('article', { name: 'Answer' });
export const questions = (page: Page) => page.getByRole('article', { name: 'You asked' });
export const composer = (page: Page) => page.getByRole('textbox', { name: 'Your message' });
