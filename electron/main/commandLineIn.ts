/** First words that make a start of the program a command in a terminal; a test holds them to the commands there are. */
export const commandWords: readonly string[] = ['ask', 'read', 'plan', 'models', 'gpu', 'ocr', 'chats', 'eval', 'serve', 'help'];

/**
 * The command line in the program's arguments, or null when the window is wanted. Switches of Chromium's may stand in front, and
 * `--data DIR` may stand anywhere.
 */
export function commandLineIn(args: readonly string[], isPackaged: boolean): readonly string[] | null {
  // Unpackaged, the first argument after the program is the app's own folder.
  const given = args.slice(isPackaged ? 1 : 2);
  const first = given.findIndex((arg, index) => !arg.startsWith('-') && given[index - 1] !== '--data');
  const word = given[first];
  if (word === undefined) return given.some((arg) => arg === '--help' || arg === '--version') ? given.filter(isOurs) : null;
  return commandWords.includes(word) ? [...given.slice(0, first).filter(isOurs), ...given.slice(first)] : null;
}

/** What stands before a command and is meant for it; the rest are Chromium's switches. */
function isOurs(arg: string): boolean {
  return (
    !arg.startsWith('-') || arg === '--help' || arg === '--version' || arg === '--json' || arg === '--data' || arg.startsWith('--data=')
  );
}
