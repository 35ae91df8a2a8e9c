import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Of the window when it is not maximized; null lets the system place it. */
  readonly bounds: Bounds | null;
  readonly maximized: boolean;
}

export const smallestWindow = { width: 480, height: 480 };
export const firstWindow = { width: 1180, height: 800 };

/** How much of a window must lie on a display for its title bar to be reached, in pixels. */
const reachable = 80;

/**
 * The stored window, or the first one's when nothing usable is stored: a display may be gone, and the file may say anything.
 * @param displays work areas of the displays there are now
 */
export function readWindowState(file: string, displays: readonly Bounds[]): WindowState {
  const stored = parse(file);
  const bounds = stored === null ? null : asBounds(stored['bounds']);
  if (bounds === null || !displays.some((display) => overlaps(bounds, display)))
    return { bounds: null, maximized: stored?.['maximized'] === true };
  return { bounds, maximized: stored?.['maximized'] === true };
}

/** Replaces the stored window in one step. */
export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

function parse(file: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Missing or damaged: a window has a default, and nothing else is in this file.
    return null;
  }
}

function asBounds(value: unknown): Bounds | null {
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height } = value as Record<string, unknown>;
  if (!isInteger(x) || !isInteger(y) || !isInteger(width) || !isInteger(height)) return null;
  return width < smallestWindow.width || height < smallestWindow.height ? null : { x, y, width, height };
}

const isInteger = (value: unknown): value is number => Number.isInteger(value);

function overlaps(window: Bounds, display: Bounds): boolean {
  const width = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x);
  const top = window.y - display.y;
  return width >= reachable && top >= 0 && top <= display.height - reachable;
}
