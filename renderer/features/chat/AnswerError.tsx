import type { AssistantMessage } from '../../../electron/shared/conversations.ts';
import type { ErrorData } from '../../../electron/shared/errors.ts';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { useLoadModel } from '../composer/useLoadModel.ts';
import { seeingModels } from '../composer/seeingModels.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { FitActions } from './FitActions.tsx';
import styles from './Message.module.css';

/** A failed answer: what was written stays above; here is why it ended and the buttons that go on. */
export function AnswerError({ message, error }: { readonly message: AssistantMessage; readonly error: ErrorData }) {
  if (error.code === 'cancelled') return <p className={styles['quiet']}>You stopped this answer.</p>;
  const restarted = error.code === 'engineStopped';
  return (
    <div className={styles['error']}>
      {restarted && message.text !== '' && <p className={styles['quiet']}>Engine restarted. What was written above is kept.</p>}
      <ErrorNote error={error} tone={restarted ? 'warning' : 'error'} actions={<ErrorActions message={message} error={error} />} />
    </div>
  );
}

function ErrorActions({ message, error }: { readonly message: AssistantMessage; readonly error: ErrorData }) {
  const { chat, view } = useFacet();
  const goOn = (
    <Button size="small" onClick={() => void chat.continueAnswer(message.id)}>
      {message.text === '' ? 'Try again' : 'Continue'}
    </Button>
  );
  const models = (
    <Button size="small" onClick={() => view.show('models')}>
      Choose a model
    </Button>
  );
  switch (error.code) {
    case 'doesNotFit':
      return <FitActions messageId={message.id} details={error.details} />;
    case 'modelCannotSee':
      return <SeeingActions messageId={message.id} />;
    case 'modelMissing':
    case 'modelInvalid':
    case 'modelLoadFailed':
      return (
        <>
          {models}
          {goOn}
        </>
      );
    default:
      return goOn;
  }
}

/** The ways on when a picture was sent to a model that sees nothing. */
function SeeingActions({ messageId }: { readonly messageId: string }) {
  const { chat, view } = useFacet();
  const models = useApp(({ app }) => app?.models);
  const { load, loading } = useLoadModel();
  const seeing = seeingModels(models ?? [])[0];
  return (
    <>
      {seeing !== undefined && (
        <Button
          size="small"
          disabled={loading}
          onClick={() => {
            void load(seeing.id).then((loaded) => (loaded ? chat.continueAnswer(messageId) : undefined));
          }}
        >
          {`Answer with ${seeing.name}`}
        </Button>
      )}
      <Button size="small" variant="quiet" onClick={() => view.show('models')}>
        Choose a model
      </Button>
    </>
  );
}
