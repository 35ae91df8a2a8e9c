/** Counts the tokens of each text. */
export type CountTokens = (texts: readonly string[]) => Promise<readonly number[]>;

/**
 * Puts texts into as few groups as they need, in order, each of at most `budget` tokens. A text that is larger is cut at white space into several;
 * nothing is left out.
 */
export async function groupTurns(texts: readonly string[], budget: number, count: CountTokens): Promise<readonly (readonly string[])[]> {
  const groups: string[][] = [];
  let room = 0;
  const put = (text: string, tokens: number): void => {
    const last = groups.at(-1);
    if (last === undefined || tokens > room) {
      groups.push([text]);
      room = budget - tokens;
    } else {
      last.push(text);
      room -= tokens;
    }
  };
  const counts = await count(texts);
  for (const [index, text] of texts.entries()) {
    const tokens = counts[index] ?? 0;
    if (tokens <= budget) put(text, tokens);
    else for (const piece of cut(text, Math.ceil((2 * tokens) / budget))) put(piece, Math.ceil(budget / 2));
  }
  return groups;
}

/** So many pieces of about the same length, cut after white space where there is any near. */
function cut(text: string, pieces: number): readonly string[] {
  const length = Math.ceil(text.length / pieces);
  const result: string[] = [];
  for (let from = 0; from < text.length;) {
    const most = from + length;
    const space = most >= text.length ? -1 : text.lastIndexOf(' ', most);
    const to = space > from + length / 2 ? space + 1 : most;
    result.push(text.slice(from, to));
    from = to;
  }
  return result;
}
