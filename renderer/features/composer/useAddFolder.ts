import { useCallback } from 'react';
import { folderRefusalText } from '../../../electron/shared/folderRefusalText.ts';
import { takeFolder } from '../../../electron/shared/folderRules.ts';
import { useFacet } from '../../state/useFacet.ts';
import type { DroppedFolder } from './filesOf.ts';

/** Puts a folder's files into the message being written, or says why it is not taken; then nothing of it is. */
export function useAddFolder(): ({ name, files }: DroppedFolder) => void {
  const { attachments, view } = useFacet();
  return useCallback(
    ({ name, files }) => {
      const taken = takeFolder(files);
      if ('kind' in taken) view.notify(`“${name}” was not added: ${folderRefusalText(taken)}.`);
      else
        attachments.addFolder(
          name,
          taken.map(({ file }) => file),
        );
    },
    [attachments, view],
  );
}
