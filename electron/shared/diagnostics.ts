/** One line of what went wrong beneath the answers. It holds no words of chats or documents. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: 'engine' | 'reader';
  readonly level: 'warning' | 'error' | 'fatal';
  readonly text: string;
}

/** The lines as text for a file or a report, the oldest first. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, source, level, text }) => `${new Date(at).toISOString()} ${source} ${level}: ${text}\n`).join('');
}
