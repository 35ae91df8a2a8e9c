/** The parts of Tesseract's WebAssembly build that are used; the package has no types of its own. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export interface TesseractApi {
    /** 0 on success. `mode` 1 is the neural recogniser alone. */
    Init(dataFolder: string | null, language: string, mode: number): number;
    /** Takes the picture written to `/input`; 0 on success. */
    SetImageFile(scale: number, angle: number): number;
    /** 0 on success. */
    Recognize(monitor: null): number;
    GetUTF8Text(): string;
    /** Tab-separated, one line per block, paragraph, line and word: level (5 is a word), five numbers, left, top, width, height, confidence, text. */
    GetTSVText(page: number): string;
    /** 0..100 */
    MeanTextConf(): number;
    Clear(): void;
  }
  export interface TesseractCore {
    readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
    readonly TessBaseAPI: new () => TesseractApi;
  }
  // eslint-disable-next-line import-x/no-default-export -- that is what the package exports
  export default function open(options: { readonly print: () => void; readonly printErr: () => void }): Promise<TesseractCore>;
}
