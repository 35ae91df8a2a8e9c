/** A document with planted facts and questions about them, made from a number so that it is the same everywhere. */
export interface PlantedFacts {
  readonly text: string;
  /** The same, ten facts to a page. */
  readonly pages: readonly string[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
}

const places = ['Arden', 'Belmont', 'Corvo', 'Dunmore', 'Elster', 'Farrow', 'Gresham', 'Hallam', 'Ivory', 'Juniper'];
const rooms = [
  'the north tower',
  'the boiler house',
  'the reading room',
  'the east wing',
  'the cellar',
  'the old kitchen',
  'the glass house',
  'the attic',
  'the gate lodge',
  'the stables',
];
const keepers = [
  'Mira Lindqvist',
  'Tom Okafor',
  'Ana Petrov',
  'Jules Marchand',
  'Ines Duarte',
  'Karl Brandt',
  'Leila Haddad',
  'Noor de Vries',
  'Owen Price',
  'Paula Rossi',
];

/** `count` sentences at most 100, one for each place and room, and a question for each. */
export function plantFacts(count: number): PlantedFacts {
  const facts = Array.from({ length: count }, (_, index) => {
    const place = places[index % 10] ?? '';
    const room = rooms[Math.floor(index / 10) % 10] ?? '';
    const keeper = keepers[(index * 7 + 3) % 10] ?? '';
    const answer = `${keeper} keeps ${1000 + ((index * 7919) % 9000)} crowns`;
    return { sentence: `At ${place}, ${answer} in ${room}.`, question: `Who keeps money in ${room} at ${place}, and how much?`, answer };
  });
  const sentences = facts.map(({ sentence }) => sentence);
  const pages = Array.from({ length: Math.ceil(count / 10) }, (_, page) => sentences.slice(page * 10, page * 10 + 10).join('\n'));
  return { text: sentences.join('\n'), pages, questions: facts.map(({ question, answer }) => ({ question, answer })) };
}
