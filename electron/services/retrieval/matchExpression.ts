/** English words that say nothing about where an answer stands; in other languages the index's own weighting does this work. */
const stopWords = new Set(
  (
    'a about all also am an and any are as at be been being but by can could did do does doing for from had has have having he her here hers him his how i if in ' +
    'into is it its just me more most my no nor not of on only or other our out over own please same she should so some such tell than that the their theirs them ' +
    'then there these they this those through to too under until up very was we were what when where which while who whom why will with would you your document ' +
    'file page text say says said mean explain describe'
  ).split(' '),
);
/** Longest question searched with, in words. */
const mostTerms = 48;

/**
 * A question as an FTS5 expression that finds any of its words, and rates those that stand together higher; null when it has no word.
 * Nothing of the question is taken for the expression's own syntax.
 */
export function matchExpression(question: string): string | null {
  const words = (question.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostTerms);
  const telling = words.filter((word) => !stopWords.has(word.toLowerCase()));
  const terms = telling.length > 0 ? telling : words;
  if (terms.length === 0) return null;
  const pairs = terms.slice(1).map((word, index) => `${terms[index] ?? ''} ${word}`);
  return [...new Set([...terms, ...pairs])].map((term) => `"${term}"`).join(' OR ');
}
