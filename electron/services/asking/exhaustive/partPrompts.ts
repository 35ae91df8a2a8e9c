/** Asks for the things of one part, each on a line that code can count. */
export function listInstruction(question: string): string {
  return (
    `${question}\n\nThis is one part of the document. Write every item in this part that the question is about, each on a line of its own that begins with "- ", ` +
    'in the words of the document. Do not count and do not explain. If there is none in this part, write only: none'
  );
}

/** Asks for what one part has to say to the question. */
export function noteInstruction(question: string): string {
  return `This is one part of the document. Write down in a few sentences everything in it that matters for this request, with names and figures: ${question}`;
}

/** Asks for the answer out of the notes on every part. */
export function mergeInstruction(question: string): string {
  return `The text above holds notes on every part of the document, in order. Use all of them. ${question}`;
}
