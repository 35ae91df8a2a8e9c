import { Scan } from 'lucide-react';
import { type SyntheticEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Rect } from '../../../electron/shared/attachments.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { createBranchSelector } from '../../state/branches.ts';
import { useConversation, useFacet } from '../../state/useFacet.ts';
import { middleBox, type Size } from './boxes.ts';
import styles from './LookCloser.module.css';
import type { Seen } from './useSeen.ts';
import { focusComposer } from '../../state/focusComposer.ts';

interface LookCloserProps {
  readonly attachmentId: string;
  readonly size: Size;
  readonly seen: Seen;
  readonly boxes: readonly Rect[];
  readonly onChange: (boxes: readonly Rect[]) => void;
}

/** What can be done with the boxes: ask again about them, or send them with the message being written. */
export function LookCloser({ attachmentId, size, seen, boxes, onChange }: LookCloserProps) {
  const place = useRef<HTMLDivElement>(null);
  const add = (): void => {
    // At once, so that the new box is there to take the focus and the next key is its own.
    flushSync(() => onChange([...boxes, middleBox(size)]));
    [...(place.current?.parentElement?.querySelectorAll<HTMLElement>('[data-box]') ?? [])].at(-1)?.focus();
  };
  const clear = (): void => {
    flushSync(() => onChange([]));
    place.current?.querySelector<HTMLElement>('[data-add-box]')?.focus();
  };
  return (
    <div ref={place} className={styles['place']}>
      {boxes.length === 0 ? (
        <p className={styles['hint']}>Too small to read? Drag a box around it, and the model looks closer.</p>
      ) : seen.kind === 'draft' ? (
        <UseBoxes localId={seen.localId} boxes={boxes} onDone={() => onChange([])} />
      ) : (
        <AskAgain attachmentId={attachmentId} boxes={boxes} onDone={() => onChange([])} />
      )}
      <div className={styles['buttons']}>
        <Button
          size="small"
          variant={boxes.length === 0 ? 'secondary' : 'quiet'}
          icon={<Scan size={14} aria-hidden="true" />}
          data-add-box
          onClick={add}
        >
          {boxes.length === 0 ? 'Add a box' : 'Another box'}
        </Button>
        {boxes.length > 0 && (
          <Button size="small" variant="quiet" onClick={clear}>
            {boxes.length === 1 ? 'Remove the box' : 'Remove the boxes'}
          </Button>
        )}
      </div>
    </div>
  );
}

interface BoxesProps {
  readonly boxes: readonly Rect[];
  readonly onDone: () => void;
}

function UseBoxes({ localId, boxes, onDone }: BoxesProps & { readonly localId: string }) {
  const { attachments } = useFacet();
  const use = (): void => {
    attachments.setRegions(localId, boxes);
    onDone();
    focusComposer();
  };
  return (
    <Button size="small" variant="primary" onClick={use}>
      {boxes.length === 1 ? 'Look closer at this part' : `Look closer at these ${boxes.length} parts`}
    </Button>
  );
}

function AskAgain({ attachmentId, boxes, onDone }: BoxesProps & { readonly attachmentId: string }) {
  const { chat, view } = useFacet();
  const [selectBranch] = useState(createBranchSelector);
  const lastQuestion = useConversation((slice) =>
    slice.kind === 'open' ? (selectBranch(slice.conversation).findLast(({ message }) => message.role === 'user')?.message.text ?? '') : '',
  );
  const writing = useConversation((slice) => slice.kind === 'open' && slice.writing !== null);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? lastQuestion;
  const ask = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const messageId = await chat.lookCloser(attachmentId, boxes, text);
    if (messageId === null) return;
    onDone();
    view.openEvidence({ kind: 'picture', attachmentId, messageId });
  };
  return (
    <form className={styles['form']} onSubmit={(event) => void ask(event)}>
      <div className={styles['field']}>
        <TextField
          label={boxes.length === 1 ? 'Ask about this part' : `Ask about these ${boxes.length} parts`}
          value={text}
          onValueChange={setTyped}
        />
      </div>
      <Button size="small" variant="primary" type="submit" disabled={writing || text.trim() === ''}>
        Look closer
      </Button>
    </form>
  );
}
