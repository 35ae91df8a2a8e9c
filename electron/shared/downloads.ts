/** How downloads go out, as far as settings and the system's variables decide it. */
export interface DownloadSetup {
  /** Where the access token for the models' hub comes from; a variable wins over a kept one. */
  readonly token: 'none' | 'kept' | 'variable';
  /** Whether a token that is kept lies in the system's keychain; else in a file that only this user can read. */
  readonly keychain: boolean;
  /** The proxy that downloads take, without a password; null for none. */
  readonly proxy: { readonly address: string; readonly from: 'settings' | 'variable' } | null;
}

/** Where downloaded models lie. */
export interface ModelsFolder {
  readonly path: string;
  /** Of all files in it. */
  readonly bytes: number;
  readonly freeBytes: number;
  /** Where a move that was cut off was going; it goes on when it is asked for again. */
  readonly unfinishedMove: string | null;
}

/** One file of a model, hashed again. */
export interface VerifiedFile {
  readonly path: string;
  readonly bytes: number;
  /** sha256 as it was when the file came. */
  readonly expected: string;
  readonly actual: string;
}

/** `repaired`: it was damaged, what was bad came again from its source, and it is sound now. */
export interface VerifiedModel {
  readonly id: string;
  readonly outcome: 'sound' | 'repaired' | 'damaged';
  /** As they were found. */
  readonly files: readonly VerifiedFile[];
}
