import { type SyntheticEvent, useState } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { Button } from '../../components/Button.tsx';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './PasswordField.module.css';

/** Opens a locked document. The password goes to the reader and is kept nowhere. */
export function PasswordField({ attachmentId }: { readonly attachmentId: string }) {
  const { attachments, view } = useFacet();
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setPassword('');
    attachments.read(attachmentId, password).catch((error: unknown) => view.notify(sentence(toErrorData(error))));
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <input
        type="password"
        className={styles['field']}
        aria-label="Password of the document"
        placeholder="Password"
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button size="small" type="submit" disabled={password === ''}>
        Open
      </Button>
    </form>
  );
}
