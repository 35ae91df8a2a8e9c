import { flushSync } from 'react-dom';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import type { Rect } from '../../../electron/shared/attachments.ts';
import styles from './BoxLayer.module.css';
import { boxAfterKey, boxBetween, moveBox, type Place, type Size, sizeBox } from './boxes.ts';
import { placement } from './placement.ts';

/** A pointer that went less than this far drew nothing; in pixels of the screen. */
const leastDrag = 6;

/** What the pointer is doing. Places are in pixels of the picture. */
type Gesture =
  | { readonly kind: 'draw'; readonly from: Place; readonly to: Place }
  | { readonly kind: 'move' | 'size'; readonly index: number; readonly from: Place; readonly box: Rect };

interface BoxLayerProps {
  /** Upright size of the picture under the layer. */
  readonly size: Size;
  readonly boxes: readonly Rect[];
  readonly onChange: (boxes: readonly Rect[]) => void;
}

/** Lies over a picture: the pointer draws, moves and sizes boxes; so do the arrow keys on a box. */
export function BoxLayer({ size, boxes, onChange }: BoxLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const hintId = useId();

  const placeOf = (event: PointerEvent): Place => {
    const bounds = layer.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return {
      x: ((event.clientX - bounds.left) / bounds.width) * size.width,
      y: ((event.clientY - bounds.top) / bounds.height) * size.height,
    };
  };
  const begin = (event: PointerEvent, started: Gesture): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    layer.current?.setPointerCapture(event.pointerId);
    setGesture(started);
  };
  const drag = (event: PointerEvent): void => {
    if (gesture === null) return;
    const place = placeOf(event);
    if (gesture.kind === 'draw') {
      setGesture({ ...gesture, to: place });
      return;
    }
    const by = { x: place.x - gesture.from.x, y: place.y - gesture.from.y };
    onChange(boxes.with(gesture.index, gesture.kind === 'move' ? moveBox(gesture.box, by, size) : sizeBox(gesture.box, by, size)));
  };
  const end = (event: PointerEvent): void => {
    if (gesture?.kind === 'draw') {
      const scale = (layer.current?.clientWidth ?? 1) / size.width;
      const far = Math.max(Math.abs(gesture.to.x - gesture.from.x), Math.abs(gesture.to.y - gesture.from.y)) * scale;
      if (far >= leastDrag && event.type === 'pointerup') onChange([...boxes, boxBetween(gesture.from, gesture.to, size)]);
    }
    setGesture(null);
  };
  const remove = (index: number): void => {
    // At once, so that the focus goes to what is there: the box that took its place, or the way to a new one.
    flushSync(() => onChange(boxes.toSpliced(index, 1)));
    const left = layer.current?.querySelectorAll<HTMLElement>('[data-box]') ?? [];
    (left[Math.min(index, left.length - 1)] ?? document.querySelector<HTMLElement>('[data-add-box]'))?.focus();
  };
  const press = (event: KeyboardEvent, index: number, box: Rect): void => {
    const changed = boxAfterKey(box, event.key, event.shiftKey, size);
    const removed = event.key === 'Delete' || event.key === 'Backspace';
    if (changed === null && !removed) return;
    event.preventDefault();
    if (changed !== null) onChange(boxes.with(index, changed));
    else remove(index);
  };

  const drawn = gesture?.kind === 'draw' ? boxBetween(gesture.from, gesture.to, size) : null;
  return (
    <div
      ref={layer}
      className={styles['layer']}
      role="group"
      aria-label="Boxes on the picture"
      onPointerDown={(event) => begin(event, { kind: 'draw', from: placeOf(event), to: placeOf(event) })}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <span id={hintId} hidden>
        Arrow keys move the box, Shift with arrow keys sizes it, Delete removes it.
      </span>
      {boxes.map((box, index) => (
        <button
          key={index}
          type="button"
          className={styles['box']}
          style={placement(box, size)}
          aria-label={`Box ${index + 1}: ${box.width} × ${box.height} pixels, ${box.x} from the left, ${box.y} from the top`}
          aria-describedby={hintId}
          data-box
          onPointerDown={(event) => begin(event, { kind: 'move', index, from: placeOf(event), box })}
          onKeyDown={(event) => press(event, index, box)}
        >
          <span className={styles['letter']}>{index + 1}</span>
          <span className={styles['corner']} onPointerDown={(event) => begin(event, { kind: 'size', index, from: placeOf(event), box })} />
        </button>
      ))}
      {drawn !== null && <span className={styles['drawn']} style={placement(drawn, size)} />}
    </div>
  );
}
