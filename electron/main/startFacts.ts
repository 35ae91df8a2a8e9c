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
export function resourcesFolder(facts: {
  readonly isPackaged: boolean;
  readonly appPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): string {
  if (facts.isPackaged) return facts.appPath.replace(/app\.asar$/, 'app.asar.unpacked');
  return facts.environment['FACET_RESOURCES'] ?? facts.appPath;
}
