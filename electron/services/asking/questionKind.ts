/** What a question wants of its documents, told by its words. */
export type QuestionKind =
  /** Things to be counted or listed without missing one. */
  | 'enumeration'
  /** A figure out of rows: a sum, a largest one, a number for each group. */
  | 'calculation'
  /** The whole of a text at once: a summary, a translation, a comparison. */
  | 'overview'
  /** Something that stands at some place. */
  | 'passage';

/** In English, and the plainest words of German, French and Spanish; what is not recognised is a passage. */
const calculation =
  /\b(sum of|in total|total (?:of|amount|value|number|sales|cost|price|revenue)|what(?:'s| is) the total|average|mean of|median|maximum|minimum|largest|smallest|biggest|highest|lowest|cheapest|most expensive|which rows?|durchschnitt|summe|gesamt\w*|größte[rns]?|kleinste[rns]?|höchste[rns]?|moyenne|somme|promedio|suma)\b/iu;
const enumeration =
  /\b(how many|how often|number of|count (?:the|all|every|how)|list (?:all|every|each|the|of)|(?:list|name|find|show|give me|extract|enumerate) (?:all|every|each)|enumerate|all (?:of )?the|every (?:single )?\w+|wie ?viele|wie oft|anzahl|liste (?:alle|aller|die)|alle[rns]? \w+|nenne alle|combien|énumère\w*|toutes? les|tous les|cuánt[oa]s|todos los|todas las)\b/iu;
const overview =
  /\b(summar(?:y|ies|i[sz]e\w*)|overview|tl;?dr|outline|gist|main (?:points?|ideas?|topics?|findings?)|key (?:points?|takeaways?|findings?)|what(?:'s| is) (?:this|it|the (?:document|paper|book|report|text|file)) about|about this (?:document|file|paper|report)|translate|rewrite|proofread|review|critique|comment on|compare|differences? between|zusammenfass\w*|überblick|übersetz\w*|vergleich\w*|résum\w*|traduis\w*|compar\w*|resum\w*|traduc\w*)\b/iu;

export function questionKind(question: string): QuestionKind {
  if (calculation.test(question)) return 'calculation';
  if (overview.test(question)) return 'overview';
  return enumeration.test(question) ? 'enumeration' : 'passage';
}

/** Whether the number itself is asked for, and not only the things. */
export function asksForNumber(question: string): boolean {
  return /\b(how many|how often|number of|count|wie ?viele|wie oft|anzahl|combien|cuánt[oa]s)\b/iu.test(question);
}
