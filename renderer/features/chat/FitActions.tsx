import { assertNever } from '../../../electron/shared/assertNever.ts';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import type { ErrorDetailsByCode } from '../../../electron/shared/errors.ts';
import type { FitChoice } from '../../../electron/shared/fitChoices.ts';
import { Button } from '../../components/Button.tsx';
import { useFacet } from '../../state/useFacet.ts';
import { asContextSize } from '../context/contextWords.ts';

interface FitActionsProps {
  /** The answer that was refused. */
  readonly messageId: string;
  readonly details: ErrorDetailsByCode['doesNotFit'];
}

/** What makes a refused question fit: each button does it and asks again. */
export function FitActions({ messageId, details }: FitActionsProps) {
  const { chat, view } = useFacet();
  const { choices = [], largestContext, available } = details;
  return (
    <>
      {choices.map((choice) => (
        <Button key={JSON.stringify(choice)} size="small" onClick={() => void chat.makeFit(messageId, choice)}>
          {choiceWords(choice)}
        </Button>
      ))}
      {choices.length === 0 && largestContext > available && (
        <Button size="small" onClick={() => view.show('settings')}>
          Change the context size
        </Button>
      )}
      <Button size="small" variant="quiet" onClick={() => chat.startNew()}>
        New chat
      </Button>
      <Button size="small" variant="quiet" onClick={() => void chat.continueAnswer(messageId)}>
        Try again
      </Button>
    </>
  );
}

function choiceWords(choice: FitChoice): string {
  switch (choice.kind) {
    case 'largerContext':
      return `Use a context of ${asContextSize(choice.contextTokens)} (${bytesInWords(choice.moreBytes)} more memory)`;
    case 'compactHistory':
      return 'Summarise earlier messages';
    case 'readRelevant':
      return 'Read only the parts that fit the question';
    case 'dropAttachment':
      return `Ask without ${choice.file}`;
    default:
      return assertNever(choice, 'choice');
  }
}
