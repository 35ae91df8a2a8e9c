import { checkKey } from '../services/remote/serverReasons.ts';
import { assertNever } from '../shared/assertNever.ts';
import { bytesInWords } from '../shared/bytesInWords.ts';
import type { ErrorData } from '../shared/errors.ts';
import { errorText } from '../shared/errorText.ts';
import type { FitChoice } from '../shared/fitChoices.ts';
import { looksLikeModelFile } from './commands/matchModel.ts';
import { wrongPlaces } from './commands/writeNewFile.ts';

/**
 * One actionable line about an error, in the terms of the command line: what happened, and which command or option helps.
 * @param whenCancelled what a command leaves behind when it is stopped
 */
export function commandErrorText(error: ErrorData, whenCancelled?: string): string {
  switch (error.code) {
    case 'invalidRequest':
      return ended(`${optionNames[error.details.field] ?? error.details.field} ${error.details.reason}`);
    case 'passwordRequired':
      return `${errorText(error).what} Give ${error.details.wrong ? 'the right one' : 'it'} with --password.`;
    case 'cancelled':
      return whenCancelled === undefined ? 'Cancelled.' : `Cancelled. ${whenCancelled}`;
    case 'engineStopped':
      return `The engine stopped while it was working (${error.details.reason}). What was written is kept: facet chats list`;
    case 'modelMissing':
      return modelMissing(error.details);
    case 'notFound':
      return error.details.what === 'conversation'
        ? `There is no chat "${error.details.id}". See the ones there are: facet chats list`
        : inBothParts(error);
    case 'fileUnsupported':
      return `${error.details.file} cannot be used here: it is ${error.details.detected}. Facet reads pictures (PNG, JPEG, HEIC, WebP, TIFF, …) and documents (PDF, Office, HTML, text, …).`;
    case 'modelCannotSee':
      return `${cannotSee(error.details)} Choose a model that sees with --model (4B or larger: facet models get 4B), or give its projector with --projector.`;
    case 'doesNotFit':
      return doesNotFit(error.details);
    case 'leavesMachine':
      return `This model runs on ${error.details.host}, and this chat has not been allowed to be sent there. Name the server with --server, or choose another model with --model.`;
    case 'diskFailed': {
      const { path, reason } = error.details;
      return (Object.values(wrongPlaces) as readonly string[]).includes(reason)
        ? `${path} was not written: ${reason}. Name another place.`
        : inBothParts(error);
    }
    case 'networkFailed':
      return ended(`${error.details.host}: ${error.details.reason.replace(checkKey, 'give the right one in FACET_SERVER_KEY')}`);
    default:
      return inBothParts(error);
  }
}

/** Fields of the contract by the names that the command line has for them. */
const optionNames: Readonly<Record<string, string>> = {
  gpu: '--gpu:',
  mode: '--mode:',
  regions: '--region',
  address: 'The address:',
  system: '--system',
  text: 'QUESTION:',
  id: 'The id',
  page: '--page',
};

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

function inBothParts(error: ErrorData): string {
  const { what, doNext } = errorText(error);
  return `${what} ${doNext}`.trim();
}

function cannotSee({ model, picture }: { readonly model: string; readonly picture?: string }): string {
  const sentence = `${model} reads text only and cannot look at pictures`;
  return picture === undefined ? `${sentence}.` : `${sentence}, and OCR found no text in ${picture} to give it instead.`;
}

function modelMissing({ model, toSee }: { readonly model: string; readonly toSee?: true }): string {
  if (model === '' && toSee === true)
    return 'No model is installed. Get one that sees pictures with "facet models get 4B"; for a picture of a label the built-in one will do: --model tiny-reader';
  if (model === '') return 'No model is installed. Get one with: facet models get starter';
  if (looksLikeModelFile(model)) return `There is no model file ${model} that can be read. Check its name and place.`;
  return `No model called "${model}" is installed. See what there is with "facet models list", and get one of them with "facet models get".`;
}

type DoesNotFit = Extract<ErrorData, { code: 'doesNotFit' }>['details'];

function doesNotFit(details: DoesNotFit): string {
  const parts = details.parts
    .filter(({ tokens }) => tokens > 0)
    .map(({ part, tokens }) => `${part} ${tokens}`)
    .join(', ');
  const numbers = `This needs ${details.needed} tokens (${parts}) and there is room for ${details.available}. Nothing was cut.`;
  const choices = (details.choices ?? []).map(choiceInWords);
  if (choices.length > 0)
    return `${numbers} ${choices.length === 1 ? 'This would fit:' : 'Each of these would fit:'} ${choices.join('; ')}.`;
  return details.largestContext >= details.needed
    ? `${numbers} Try --context ${roomFor(details)}.`
    : `${numbers} The model's own limit is ${details.largestContext}: ask about less, or use fewer documents or pictures.`;
}

/** A way on by the option or the command that takes it. */
function choiceInWords(choice: FitChoice): string {
  switch (choice.kind) {
    case 'largerContext':
      return `--context ${choice.contextTokens} (takes ${bytesInWords(choice.totalBytes)} of memory, ${bytesInWords(choice.moreBytes)} more than now)`;
    case 'compactHistory':
      return `facet chats compact ${choice.conversationId} (a summary in the place of ${choice.tokens} tokens of earlier turns), then ask again`;
    case 'readRelevant':
      return '--mode relevant (only the parts of the documents that fit the question)';
    case 'dropAttachment':
      return `asking without ${choice.file} (${choice.tokens} tokens)`;
    default:
      return assertNever(choice, 'choice');
  }
}

/** The next power of two that holds it, as far as the model goes. */
function roomFor(details: DoesNotFit): number {
  return Math.min(details.largestContext, 2 ** Math.ceil(Math.log2(details.needed)));
}
