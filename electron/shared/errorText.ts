import { assertNever } from './assertNever.ts';
import { bytesInWords } from './bytesInWords.ts';
import type { ErrorData, ErrorDetailsByCode } from './errors.ts';
import { sentenceCase } from './sentenceCase.ts';

/** An error for people: what happened, and what to do next. Both are whole sentences; `doNext` is empty when there is nothing to do. */
export interface ErrorText {
  readonly what: string;
  readonly doNext: string;
}

/** Plain English for every error code. */
export function errorText(error: ErrorData): ErrorText {
  switch (error.code) {
    case 'internal':
      return {
        what: 'Facet hit a fault of its own.',
        doNext: `Try again. If it keeps happening, report this: ${error.details.message}`,
      };
    case 'cancelled':
      return { what: 'Stopped.', doNext: '' };
    case 'invalidRequest':
      return {
        what: `“${error.details.field}” cannot be used as given: ${clause(error.details.reason)}.`,
        doNext: 'Change it and try again.',
      };
    case 'notFound':
      return notFound(error.details);
    case 'busy':
      return { what: `${sentenceCase(error.details.what)} is busy right now.`, doNext: 'Wait until it has finished, or stop it.' };
    case 'fileUnreadable':
      return {
        what: `${error.details.file} could not be read: ${clause(error.details.reason)}.`,
        doNext: fileToUse(error.details),
      };
    case 'fileTooLarge':
      return {
        what: `${error.details.file} is too large: ${count(error.details.actual)} ${error.details.unit}, and the limit is ${count(error.details.limit)}.`,
        doNext: 'Use a smaller file, or split it.',
      };
    case 'fileUnsupported':
      return {
        what: `${error.details.file} is not a kind of file that Facet reads (${error.details.detected}).`,
        doNext:
          'Use a picture (PNG, JPEG, WebP and more) or a document: PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, HTML, e-mail or text.',
      };
    case 'documentEmpty':
      return {
        what: `No text was found in ${error.details.file}.`,
        doNext: 'If it is a scan, attach its pages as pictures to a model that sees.',
      };
    case 'passwordRequired':
      return {
        what: error.details.wrong
          ? `That password does not open ${error.details.file}.`
          : `${error.details.file} is protected by a password.`,
        doNext: 'Enter its password.',
      };
    case 'modelMissing':
      return {
        what: error.details.model === '' ? 'No model has been chosen yet.' : `The model “${error.details.model}” is not on this computer.`,
        doNext: 'Choose or download a model, then ask again. Your question is kept.',
      };
    case 'modelInvalid':
      return {
        what: `${error.details.file} is not a model Facet can use: ${clause(error.details.reason)}.`,
        doNext: 'Use a Gemma 3 file in GGUF form, or download it again.',
      };
    case 'modelCannotSee':
      return {
        what: `${error.details.model} reads text only and cannot look at pictures.`,
        doNext: `No text was found in ${error.details.picture ?? 'the picture'} to give it instead. Choose a model that sees, or ask without the picture.`,
      };
    case 'modelLoadFailed':
      return {
        what: `${error.details.model} could not be loaded: ${clause(error.details.reason)}.`,
        doNext: 'Try a smaller context or a smaller model, or close other programs to free memory.',
      };
    case 'engineStopped':
      return {
        what: 'The engine stopped while it was working.',
        doNext: 'What was written is kept. Continue the answer, or ask again.',
      };
    case 'readerStopped':
      return {
        what:
          error.details.file === ''
            ? `The file reader stopped (${error.details.reason}).`
            : `Reading ${error.details.file} was stopped (${error.details.reason}).`,
        doNext: 'Try again. If it stops again, the file is damaged or too large.',
      };
    case 'doesNotFit':
      return doesNotFit(error.details);
    case 'leavesMachine':
      return {
        what: `This model runs on ${error.details.host}, and this chat has not been allowed to be sent there.`,
        doNext: 'Nothing was sent. Allow it for this chat, or choose a model of this computer.',
      };
    case 'networkFailed':
      return {
        what: `${error.details.host} could not be reached: ${clause(error.details.reason)}.`,
        doNext: 'Check the connection and try again; a download goes on where it stopped.',
      };
    case 'checksumMismatch':
      return {
        what: `${error.details.file} is not what it should be: its sha256 begins with ${error.details.actual.slice(0, 12)}, not ${error.details.expected.slice(0, 12)}.`,
        doNext: 'Download it again. If it comes the same, it is not the file that was meant.',
      };
    case 'diskFailed':
      return {
        what: `${error.details.path} could not be read or written: ${clause(error.details.reason)}.`,
        doNext: 'Check the disk and its permissions.',
      };
    case 'dataTooNew':
      return {
        what: `${error.details.path} was written by a newer version of Facet.`,
        doNext: 'Update Facet, or use another data folder. Nothing was changed.',
      };
    case 'diskFull':
      return {
        what: `There is not enough room on the disk for ${error.details.path}: ${bytesInWords(error.details.needed)} are needed and ${bytesInWords(error.details.free)} are free.`,
        doNext: 'Free some space and try again.',
      };
    default:
      return assertNever(error, 'error code');
  }
}

function fileToUse({ folder }: ErrorDetailsByCode['fileUnreadable']): string {
  switch (folder) {
    case undefined:
      return 'Check the file, or use another copy of it.';
    case 'notAFile':
      return 'Choose a file in it.';
    case 'nothingInIt':
      return 'Choose a folder with files in it, or a file.';
    default:
      return assertNever(folder, 'folder');
  }
}

function notFound({ what, id }: ErrorDetailsByCode['notFound']): ErrorText {
  switch (what) {
    case 'conversation':
      return { what: 'This chat no longer exists.', doNext: 'Start a new one.' };
    case 'message':
      return { what: 'This message no longer exists.', doNext: 'Open the chat again.' };
    case 'attachment':
      return { what: 'This attachment is no longer here.', doNext: 'Add the file again.' };
    case 'model':
      return { what: `There is no model called “${id}”.`, doNext: 'Choose one from the list of models.' };
    case 'file':
      return { what: `There is no file ${id}.`, doNext: 'Check its name and place.' };
    default:
      return assertNever(what, 'missing thing');
  }
}

function doesNotFit({ needed, available, largestContext, parts, choices = [] }: ErrorDetailsByCode['doesNotFit']): ErrorText {
  const listed = parts.filter(({ tokens }) => tokens > 0).map(({ part, tokens }) => `${part} ${count(tokens)}`);
  const what = `This does not fit: it needs ${count(needed)} tokens, and the context holds ${count(available)}${listed.length === 0 ? '' : ` (${listed.join(', ')})`}.`;
  const kept = 'Nothing was cut and nothing was sent.';
  if (choices.length > 0) return { what, doNext: `${kept} ${choices.length === 1 ? 'This makes' : 'Each of these makes'} it fit:` };
  const ways = ['leave something out', 'ask for a shorter answer', 'start a new chat'];
  if (largestContext > available) ways.unshift(`choose a larger context (up to ${count(largestContext)})`);
  return { what, doNext: `${kept} You can ${ways.slice(0, -1).join(', ')} or ${ways.at(-1) ?? ''}.` };
}

/** Thousands separated by commas; the shared layer has no `Intl`. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A reason for the middle of a sentence: without a full stop of its own, and without the capital of a sentence's first word. */
function clause(reason: string): string {
  return reason.replace(/\.$/, '').replace(/^(?:The|This|That|It|Its|A|An|No|Not) /, (word) => word.toLowerCase());
}
