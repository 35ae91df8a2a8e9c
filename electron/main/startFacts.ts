import type { App } from 'electron';

/** The value after a command-line option, as in `--data DIR` or `--data=DIR`; null when it is not given. */
export function argumentAfter(name: string, args: readonly string[]): string | null {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? null : (args[at + 1] ?? null);
}

/**
 * The folder with `native/out` and `assets`. In a package these lie beside the archive, since programs and models cannot be loaded out of it.
 * FACET_RESOURCES overrides it in a checkout only: a package runs no code from elsewhere.
 */
export function resourcesFolder(program: Pick<App, 'isPackaged' | 'getAppPath'>, environment: Readonly<NodeJS.ProcessEnv>): string {
  const folder = program.getAppPath();
  return program.isPackaged ? folder.replace(/app\.asar$/, 'app.asar.unpacked') : (environment['FACET_RESOURCES'] ?? folder);
}
