import type { Supervisor } from '../../children/supervisor.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { Requests } from '../../shared/contract.ts';
import type { LogLine } from '../../shared/diagnostics.ts';
import type { RequestHandlers } from '../../shared/rpc.ts';
import { cleanLogText } from './cleanLogText.ts';

/** Lines that are kept, the newest; in memory only. */
const mostLines = 200;

export interface DiagnosticsOptions {
  readonly engine: Pick<EngineClient, 'on'>;
  readonly children: readonly Pick<Supervisor, 'name' | 'onExit'>[];
  /** The user's folder, whose name is nobody's business. */
  readonly home: string;
  readonly now?: () => number;
}

/** Keeps what the engine reports and why children died, until Facet ends. */
export function createDiagnostics({
  engine,
  children,
  home,
  now = Date.now,
}: DiagnosticsOptions): Pick<RequestHandlers<Requests>, 'log.read'> {
  let lines: readonly LogLine[] = [];
  const add = (source: LogLine['source'], level: LogLine['level'], text: string): void => {
    const cleaned = cleanLogText(text, home);
    const last = lines.at(-1);
    // A warning for every token tells no more than one.
    if (cleaned === '' || (last?.source === source && last.text === cleaned)) return;
    lines = [...lines, { at: now(), source, level, text: cleaned }].slice(-mostLines);
  };
  engine.on('engine.logged', ({ level, text }) => add('engine', level, text));
  for (const { name, onExit } of children) onExit(({ reason }) => add(name, 'fatal', `the ${name} stopped: ${reason}`));
  return { 'log.read': () => lines };
}
