import { assertNever } from '../../shared/assertNever.ts';
import type { PromptProfile } from '../../shared/models.ts';
import type { PlacedTable } from './documentTables.ts';
import { type WorkedExample, workedExamples } from './workedExamples.ts';

/** Asks for a query; `mistake` is what was wrong with the last one. */
export interface QueryWish {
  readonly question: string;
  readonly tables: readonly PlacedTable[];
  readonly mistake: string | null;
}

/** The question as a model is asked for its query, with examples in the words of the table. */
export function queryPrompt({ question, tables, mistake }: QueryWish, profile: PromptProfile): string {
  const examples = workedExamples(tables, question);
  const wrong = mistake === null ? '' : `The last query was wrong: ${mistake}. `;
  switch (profile) {
    case 'turns':
      return [
        'Write the query that answers the question below as one line of JSON, and nothing else. Examples of questions and queries:',
        ...examples.map(({ question: asked, query }) => `${asked}\n${JSON.stringify(query)}`),
        '"operator" is one of = != < <= > >= contains; filters must all hold. "aggregate" is one of none count sum average min max. Use the columns by their exact names.',
        `${wrong}Question: ${question}`,
      ].join('\n\n');
    case 'transcript':
      return transcript(examples, `${wrong}${question}`);
    default:
      return assertNever(profile, 'prompt profile');
  }
}

/** As a checkpoint goes on with it that knows questions and answers only. */
function transcript(examples: readonly WorkedExample[], question: string): string {
  const [first, ...others] = [...examples.map(({ question: asked, query }) => `${asked}\nAnswer: ${JSON.stringify(query)}`), question];
  return [first, ...others.map((next) => `Question: ${next}`)].join('\n');
}
