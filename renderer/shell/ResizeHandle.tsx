import type { KeyboardEvent, PointerEvent } from 'react';
import { useFacet } from '../state/useFacet.ts';
import { evidenceWidthRange } from '../state/viewActions.ts';
import styles from './ResizeHandle.module.css';

/** Pixels per press of an arrow key. */
const keyStep = 24;

/** The left edge of the evidence column; dragged or moved with the arrow keys. */
export function ResizeHandle({ width }: { readonly width: number }) {
  const { view } = useFacet();
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 1) view.resizeEvidence(window.innerWidth - event.clientX);
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? keyStep : event.key === 'ArrowRight' ? -keyStep : 0;
    if (step === 0) return;
    event.preventDefault();
    view.resizeEvidence(width + step);
  };
  return (
    <div
      className={styles['handle']}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the evidence column"
      aria-valuemin={evidenceWidthRange.least}
      aria-valuemax={evidenceWidthRange.most}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
