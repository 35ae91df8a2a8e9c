/** The part of heic-decode that is used; the package has no types. */
declare module 'heic-decode' {
  interface HeicPicture {
    readonly width: number;
    readonly height: number;
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  }
  interface HeicPictures extends ReadonlyArray<HeicPicture> {
    /** Frees the decoder's memory. */
    dispose(): void;
  }
  const decode: { all(options: { readonly buffer: Uint8Array }): Promise<HeicPictures> };
  // eslint-disable-next-line import-x/no-default-export -- that is what the package exports
  export default decode;
}
