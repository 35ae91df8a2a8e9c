import { languageName } from './codeLanguages.ts';
import type { HighlightedGroup, HighlightedLine, HighlightJob } from './highlightMessages.ts';

/** Colours code in a thread of its own, started when the first code block comes. */
export interface CodeHighlighter {
  /** Gives group after group to `onGroup`, nothing for a language that is not bundled. The function returned ends that. */
  highlight(groups: readonly string[], language: string, onGroup: (lines: readonly HighlightedLine[]) => void): () => void;
}

type WorkerEnd = Pick<Worker, 'postMessage' | 'addEventListener'>;

export function createCodeHighlighter(openWorker: () => WorkerEnd): CodeHighlighter {
  const listeners = new Map<number, (lines: readonly HighlightedLine[]) => void>();
  let worker: WorkerEnd | undefined;
  let count = 0;
  const start = (): WorkerEnd => {
    const end = openWorker();
    end.addEventListener('message', (event) => {
      const { id, lines } = (event as MessageEvent<HighlightedGroup>).data;
      listeners.get(id)?.(lines);
    });
    return end;
  };
  return {
    highlight(groups, language, onGroup) {
      if (languageName(language) === null) return () => undefined;
      worker ??= start();
      const id = (count += 1);
      listeners.set(id, onGroup);
      worker.postMessage({ id, groups, language } satisfies HighlightJob);
      return () => listeners.delete(id);
    },
  };
}
