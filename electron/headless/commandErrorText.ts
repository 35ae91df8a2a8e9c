import type { ErrorData } from '../shared/errors.ts';
import { errorText } from '../shared/errorText.ts';

/** One actionable line about an error, in the terms of the command line: what happened, and which command or option helps. */
export function commandErrorText(error: ErrorData): string {
  switch (error.code) {
    case 'invalidRequest':
      return `${error.details.field} ${error.details.reason}.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'modelMissing':
      return error.details.model === ''
        ? 'No model is installed. Run: facet models get starter'
        : `There is no model "${error.details.model}" here. See the ones there are: facet models list`;
    case 'modelCannotSee':
      return `${error.details.model} reads text only and cannot look at pictures. Choose a model that sees with --model, or give its projector with --projector.`;
    case 'doesNotFit':
      return doesNotFit(error.details);
    case 'networkFailed':
      return `${error.details.host}: ${error.details.reason}.`;
    default: {
      const { what, doNext } = errorText(error);
      return `${what} ${doNext}`.trim();
    }
  }
}

function doesNotFit(details: Extract<ErrorData, { code: 'doesNotFit' }>['details']): string {
  const parts = details.parts.map(({ part, tokens }) => `${part} ${tokens}`).join(', ');
  const numbers = `This needs ${details.needed} tokens (${parts}) and there is room for ${details.available}.`;
  return details.largestContext >= details.needed
    ? `${numbers} Nothing was cut. Try --context ${roomFor(details)}.`
    : `${numbers} Nothing was cut. The model's own limit is ${details.largestContext}: ask about less, or use fewer documents or pictures.`;
}

/** The next power of two that holds it, as far as the model goes. */
function roomFor(details: { readonly needed: number; readonly largestContext: number }): number {
  return Math.min(details.largestContext, 2 ** Math.ceil(Math.log2(details.needed)));
}
