import { ArrowUp, FolderPlus, Paperclip, Square } from 'lucide-react';
import { type ChangeEvent, type KeyboardEvent, useId, useRef } from 'react';
import { IconButton } from '../../components/IconButton.tsx';
import { changeDraft, draftOf } from '../../state/draftStore.ts';
import { useApp, useConversation, useDrafts, useFacet } from '../../state/useFacet.ts';
import styles from './Composer.module.css';
import { draftGroups } from './draftGroups.ts';
import { DraftCard } from './DraftCard.tsx';
import { pickedFolder } from './filesOf.ts';
import { FolderCard } from './FolderCard.tsx';
import { GrowingText } from './GrowingText.tsx';
import { isSendKey } from './keys.ts';
import { ReadingChoice } from './ReadingChoice.tsx';
import { SeeingChoice } from './SeeingChoice.tsx';
import { blockWords, findBlindPictures, findSendBlock, restedWords } from './sendBlock.ts';
import { SoFarChoice } from './SoFarChoice.tsx';
import { useAddFolder } from './useAddFolder.ts';
import { useDraftKey } from './useDraftKey.ts';
import { useEditLast } from './useEditLast.ts';

/** React knows the attribute, its types do not. */
const wholeFolder = { webkitdirectory: '' };

/** Where the user writes. Files stand above the words; Send says why when it cannot. */
export function Composer() {
  const { chat, attachments, stores } = useFacet();
  const key = useDraftKey();
  const draft = useDrafts((slice) => draftOf(slice, key));
  const app = useApp((slice) => slice.app);
  const connected = useApp(({ connection }) => connection.kind === 'connected');
  const writing = useConversation((slice) => slice.kind === 'open' && slice.writing !== null);
  const editLast = useEditLast();
  const picker = useRef<HTMLInputElement>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const addFolder = useAddFolder();
  const reasonId = useId();

  const block = findSendBlock({ draft, app, connected });
  const blind = findBlindPictures(draft, app);
  const reason = (block === null ? '' : blockWords(block)) || (writing ? '' : restedWords(app));
  const send = (): void => {
    if (block === null && !writing) void chat.send();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isSendKey(event)) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && draft.text === '' && !event.nativeEvent.isComposing && editLast()) event.preventDefault();
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    attachments.addFiles([...(event.target.files ?? [])]);
    // The same file can be picked again after it was removed.
    event.target.value = '';
  };
  const pickFolder = (event: ChangeEvent<HTMLInputElement>): void => {
    const folder = pickedFolder([...(event.target.files ?? [])]);
    if (folder !== null) addFolder(folder);
    event.target.value = '';
  };
  return (
    <div className={styles['card']}>
      {draft.attachments.length > 0 && (
        <ul className={styles['attachments']} aria-label="Files for this message">
          {draftGroups(draft.attachments).map((group) => (
            <li key={group.kind === 'file' ? group.item.localId : group.folder.id}>
              {group.kind === 'file' ? <DraftCard item={group.item} /> : <FolderCard folder={group.folder} items={group.items} />}
            </li>
          ))}
        </ul>
      )}
      {blind !== null && <SeeingChoice {...blind} />}
      <SoFarChoice draftKey={key} />
      <ReadingChoice draftKey={key} />
      <div className={styles['field']}>
        <GrowingText
          value={draft.text}
          onChange={(text) => changeDraft(stores.drafts, key, (current) => ({ ...current, text }))}
          onKeyDown={press}
          placeholder={
            draft.attachments.length === 0
              ? 'Ask something, or drop a file'
              : draft.attachments.length === 1
                ? 'Ask about this'
                : 'Ask about these'
          }
          aria-label="Your message"
          aria-describedby={reasonId}
          data-composer-input
          data-column-focus
          autoFocus
        />
      </div>
      <div className={styles['bar']}>
        <IconButton label="Attach a picture or a document" shortcut="Ctrl O" data-attach onClick={() => picker.current?.click()}>
          <Paperclip size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="Attach a folder" onClick={() => folderPicker.current?.click()}>
          <FolderPlus size={16} aria-hidden="true" />
        </IconButton>
        <input ref={picker} type="file" multiple hidden onChange={pick} aria-label="Files" tabIndex={-1} />
        <input ref={folderPicker} type="file" {...wholeFolder} hidden onChange={pickFolder} aria-label="Folder" tabIndex={-1} />
        <span id={reasonId} className={styles['reason']} role="status">
          {reason}
        </span>
        {writing ? (
          <button type="button" className={styles['send']} aria-label="Stop" onClick={() => void chat.stop()}>
            <Square size={14} fill="currentColor" aria-hidden="true" />
          </button>
        ) : (
          <button
            type="button"
            className={styles['send']}
            aria-label="Send"
            disabled={block !== null}
            aria-describedby={reasonId}
            onClick={send}
          >
            <ArrowUp size={18} aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  );
}
