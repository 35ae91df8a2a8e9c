import { defaultSampling, type SamplingSettings } from './generation.ts';
import type { PanScanMode } from './attachments.ts';
import type { CacheType } from './memoryEstimate.ts';
import { builtInOcrLanguage } from './ocr.ts';

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** System text for new conversations; empty for none. At most 20,000 characters. */
  readonly systemPrompt: string;
  readonly sampling: SamplingSettings;
  /** Longest answer in tokens, 1..32,768. */
  readonly maxTokens: number;
  /** Context in tokens, 512..131,072; capped by the model's own limit. */
  readonly contextTokens: number;
  /** `auto` takes the best device, `off` the CPU, or a device's name. */
  readonly gpu: string;
  /** 0 lets Facet choose by what the machine does. */
  readonly threads: number;
  readonly panScan: PanScanMode;
  /** Disk for conversations' states, so that they need not be read again, in GiB, 0..256; 0 keeps none. Never more than a quarter of the free disk. */
  readonly stateGigabytes: number;
  /** Numbers of the KV cache: `q8_0` takes about half the memory. It is used where a test of the model on this machine found it sound. */
  readonly cacheType: CacheType;
  /** Model to load at start; null for none chosen yet (first run). */
  readonly modelId: string | null;
  /** True once Gemma's terms were shown and accepted. */
  readonly termsAccepted: boolean;
  /** What all downloads together may take of the line, in megabytes a second, 0..10,000; 0 for all of it. */
  readonly downloadMegabytes: number;
  /** Address of a proxy for downloads, such as `http://proxy.example:3128`, without a password; empty for what the system's variables say. */
  readonly proxy: string;
  /** Minutes without a question after which the model is taken out of memory; 0 for never. */
  readonly unloadMinutes: UnloadMinutes;
  /** Languages that OCR reads scans and pictures in, by Tesseract's codes (`eng`, `fra`); 1 to 4, the most frequent first. */
  readonly ocrLanguages: readonly string[];
  /** Documents are searched by meaning too, where there is a search model; false also stops preparing them for it. */
  readonly searchByMeaning: boolean;
  /** Nothing is fetched and nothing is sent, whatever else is chosen. */
  readonly offline: boolean;
  readonly sidebarOpen: boolean;
}

/** The choices for `Settings.unloadMinutes`. */
export const unloadChoices = [0, 5, 15, 60] as const;
export type UnloadMinutes = (typeof unloadChoices)[number];

export const defaultSettings: Settings = {
  theme: 'system',
  systemPrompt: '',
  sampling: defaultSampling,
  maxTokens: 2048,
  contextTokens: 8192,
  gpu: 'auto',
  threads: 0,
  panScan: 'auto',
  stateGigabytes: 4,
  cacheType: 'f16',
  modelId: null,
  termsAccepted: false,
  downloadMegabytes: 0,
  proxy: '',
  unloadMinutes: 0,
  ocrLanguages: [builtInOcrLanguage],
  searchByMeaning: true,
  offline: false,
  sidebarOpen: true,
};
