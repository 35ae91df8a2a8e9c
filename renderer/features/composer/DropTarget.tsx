import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFacet } from '../../state/useFacet.ts';
import { droppedModel, isModelFile } from '../models/droppedModel.ts';
import styles from './DropTarget.module.css';
import { dataPicture } from './dataPicture.ts';
import { dataAddressesOf, filesOf, isOnlyLink, walkFolder } from './filesOf.ts';
import { useAddFolder } from './useAddFolder.ts';

const onlyLink =
  'That was only a link, and Facet fetches nothing from the web. Copy the picture itself and paste it, or save it and drop the file.';

/** Takes files dropped anywhere on the window and pictures pasted anywhere, and says so while they hover. */
export function DropTarget() {
  const { attachments, pathOf, view } = useFacet();
  const addFolder = useAddFolder();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent: only the balance says whether the pointer left the window.
    let depth = 0;
    const take = (transfer: DataTransfer): void => {
      const { files, folders } = filesOf(transfer);
      if (isOnlyLink(transfer)) {
        const addresses = dataAddressesOf(transfer);
        if (addresses.length === 0) view.notify(onlyLink);
        for (const picture of addresses.map(dataPicture)) {
          if (picture.kind === 'picture') attachments.addFiles([picture.file]);
          else view.notify(picture.why);
        }
      }
      for (const folder of folders) {
        walkFolder(folder).then(addFolder, () => view.notify(`“${folder.name}” was not added: the folder cannot be listed.`));
      }
      const dropped = droppedModel(files, pathOf);
      if (dropped !== null) view.importModel(dropped);
      attachments.addFiles(files.filter((file) => !isModelFile(file)));
    };
    const move = (event: DragEvent, by: 1 | -1): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + by);
      setHovering(depth > 0);
    };
    const enter = (event: DragEvent): void => move(event, 1);
    const leave = (event: DragEvent): void => move(event, -1);
    const over = (event: DragEvent): void => {
      if (isTextIntoField(event)) return;
      event.preventDefault();
      // Without an effect no drop would come, and nobody would say why a link is not enough.
      if (event.dataTransfer !== null)
        event.dataTransfer.dropEffect = carriesFiles(event) || isOnlyLink(event.dataTransfer) ? 'copy' : 'none';
    };
    const drop = (event: DragEvent): void => {
      if (isTextIntoField(event)) return;
      // For everything else too: a link dropped on the page must not navigate away.
      event.preventDefault();
      depth = 0;
      setHovering(false);
      if (event.dataTransfer !== null) take(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      attachments.addFiles(files);
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [addFolder, attachments, pathOf, view]);

  if (!hovering) return null;
  return (
    <div className={styles['overlay']}>
      <div className={styles['card']}>
        <FileDown size={28} aria-hidden="true" />
        <p className={styles['title']}>Drop to ask about it</p>
        <p className={styles['hint']}>Pictures and documents, as many as you like</p>
      </div>
    </div>
  );
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Words dragged into the message: the browser does that well by itself. */
function isTextIntoField(event: DragEvent): boolean {
  return !carriesFiles(event) && event.target instanceof HTMLTextAreaElement;
}
