import { defaultSampling, type SamplingSettings } from './generation.ts';
import type { PanScanMode } from './attachments.ts';
import type { CacheType } from './memoryEstimate.ts';

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
  /** Nothing is fetched and nothing is sent, whatever else is chosen. */
  readonly offline: boolean;
  readonly sidebarOpen: boolean;
}

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
  offline: false,
  sidebarOpen: true,
};
