// The few web standards that every host of Facet has (Node, Electron, browser). Seen by the shared layer only, which has no other globals.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
