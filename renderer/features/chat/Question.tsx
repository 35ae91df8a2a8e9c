import { Pencil, Copy, Check } from 'lucide-react';
import { useState } from 'react';
import type { UserMessage } from '../../../electron/shared/conversations.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useFacet, useView } from '../../state/useFacet.ts';
import { UsedAttachment } from '../composer/UsedAttachment.tsx';
import { BranchWalk } from './BranchWalk.tsx';
import { EditQuestion } from './EditQuestion.tsx';
import styles from './Message.module.css';
import { useCopy } from './useCopy.ts';

/** Files that stand above a question by themselves; of many more only so many, that the question is not far from its answer. */
const mostFiles = 6;

/** What the user asked, with the files it was asked about. */
export function Question({ message, siblings }: { readonly message: UserMessage; readonly siblings: readonly string[] }) {
  const { view } = useFacet();
  const editing = useView(({ editingMessageId }) => editingMessageId === message.id);
  const { copied, copy } = useCopy();
  const [allFiles, setAllFiles] = useState(false);
  const { attachments } = message;
  const files = allFiles || attachments.length <= mostFiles + 1 ? attachments : attachments.slice(0, mostFiles);
  return (
    <article className={styles['question']} aria-label="You asked">
      {attachments.length > 0 && (
        <ul className={styles['attachments']} aria-label="Files">
          {files.map((use) => (
            <li key={use.attachmentId}>
              <UsedAttachment use={use} messageId={message.id} />
            </li>
          ))}
          {files.length < attachments.length && (
            <li className={styles['moreFiles']}>
              <Button size="small" variant="quiet" onClick={() => setAllFiles(true)}>
                {`${attachments.length - files.length} more files`}
              </Button>
            </li>
          )}
        </ul>
      )}
      {editing ? (
        <EditQuestion message={message} />
      ) : (
        <>
          {message.text !== '' && <div className={styles['bubble']}>{message.text}</div>}
          <div className={styles['actions']} data-side="end">
            <BranchWalk messageId={message.id} siblings={siblings} what="question" />
            <IconButton label={copied ? 'Copied' : 'Copy question'} size="small" onClick={() => copy(message.text)}>
              {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
            </IconButton>
            <IconButton label="Edit question" size="small" onClick={() => view.edit(message.id)}>
              <Pencil size={16} aria-hidden="true" />
            </IconButton>
          </div>
        </>
      )}
    </article>
  );
}
