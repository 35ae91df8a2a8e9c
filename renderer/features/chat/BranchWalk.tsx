import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../components/IconButton.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './Message.module.css';

interface BranchWalkProps {
  readonly messageId: string;
  /** Ids of the branches at this place, itself included. */
  readonly siblings: readonly string[];
  readonly what: 'question' | 'answer';
}

/** ‹ 2/3 ›: walks between the versions of a question or an answer. Nothing for an only one. */
export function BranchWalk({ messageId, siblings, what }: BranchWalkProps) {
  const { chat } = useFacet();
  if (siblings.length < 2) return null;
  const index = siblings.indexOf(messageId);
  const select = (target: string | undefined): void => {
    if (target !== undefined) void chat.selectBranch(target);
  };
  return (
    <span className={styles['branches']} data-kept>
      <IconButton label={`Previous ${what}`} size="small" disabled={index <= 0} onClick={() => select(siblings[index - 1])}>
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <span className={styles['branchCount']} aria-label={`Version ${index + 1} of ${siblings.length}`}>
        {index + 1}/{siblings.length}
      </span>
      <IconButton label={`Next ${what}`} size="small" disabled={index >= siblings.length - 1} onClick={() => select(siblings[index + 1])}>
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
