import type { AttachmentUse } from '../../shared/conversations.ts';

/**
 * What stands before pictures so that a question can name them: "Picture 2:". Numbers are those the user sees, in the order in which the pictures
 * came. A conversation with one picture has no label, and none stands before a picture in mode `reference`: their wording is what models are trained
 * on. A label depends only on what came before it and with it, never on what comes later, so that a prompt always begins as it did: the first picture,
 * which had no label while it was alone, is named in the label of the second.
 * @param turns the uses of pictures in each question, in prompt order
 */
export function pictureLabels(turns: readonly (readonly AttachmentUse[])[]): ReadonlyMap<AttachmentUse, string> {
  const labels = new Map<AttachmentUse, string>();
  const numbers = new Map<string, number>();
  for (const uses of turns) {
    const several = new Set([...numbers.keys(), ...uses.map(({ attachmentId }) => attachmentId)]).size > 1;
    for (const use of uses) {
      const known = numbers.get(use.attachmentId);
      const number = known ?? numbers.size + 1;
      numbers.set(use.attachmentId, number);
      if (!several || use.panScan === 'reference') continue;
      labels.set(use, known !== undefined ? `Picture ${known} again:` : firstLabel(number, labels.size === 0));
    }
  }
  return labels;
}

function firstLabel(number: number, introduces: boolean): string {
  if (number === 1 || !introduces) return `Picture ${number}:`;
  const before = number === 2 ? 'Picture 1 came before.' : `Pictures 1 to ${number - 1} came before, in this order.`;
  return `${before} This is picture ${number}:`;
}
