import { FileText, Image } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { draftOf, newChatKey } from '../../state/draftStore.ts';
import { useDrafts, useFacet } from '../../state/useFacet.ts';
import { filesOf, walkFolder } from '../composer/filesOf.ts';
import { useAddFolder } from '../composer/useAddFolder.ts';
import { droppedModel, isModelFile } from '../models/droppedModel.ts';
import { usePrivacy } from '../privacy/usePrivacy.ts';
import { classNames } from '../../components/classNames.ts';
import styles from './DropInvitation.module.css';

/** The large invitation. Takes a drop, and a click opens the file dialog; the files wait in the message below. */
export function DropInvitation() {
  const { attachments, pathOf, view } = useFacet();
  const addFolder = useAddFolder();
  const { dropped } = usePrivacy();
  const waiting = useDrafts((slice) => draftOf(slice, newChatKey).attachments.length);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const allow = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const take = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const { files, folders } = filesOf(event.dataTransfer);
    const dropped = droppedModel(files, pathOf);
    if (dropped !== null) view.importModel(dropped);
    attachments.addFiles(files.filter((file) => !isModelFile(file)));
    for (const folder of folders) {
      walkFolder(folder).then(addFolder, () => view.notify(`“${folder.name}” was not added: the folder cannot be listed.`));
    }
  };
  return (
    <>
      <button
        type="button"
        className={classNames(styles['target'], over && styles['over'])}
        onClick={() => input.current?.click()}
        onDragOver={allow}
        onDragLeave={() => setOver(false)}
        onDrop={take}
      >
        <span className={styles['icons']} aria-hidden="true">
          <Image size={20} />
          <FileText size={20} />
        </span>
        <span className={styles['title']}>Drop a picture or a document, and ask.</span>
        <span className={styles['hint']}>{waitingWords(waiting, dropped)}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          attachments.addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

function waitingWords(count: number, dropped: string): string {
  if (count === 0) return `Or click to choose a file. ${dropped}`;
  return count === 1
    ? 'One file is waiting. Choose a model to ask about it.'
    : `${count} files are waiting. Choose a model to ask about them.`;
}
