/** The computer that Facet runs on. Bytes. */
export interface MachineFacts {
  /** As the system names it; empty where it does not. */
  readonly processor: string;
  /** That the system lets programs run on at once. */
  readonly threads: number;
  readonly memory: number;
  /** Free now. */
  readonly freeMemory: number;
  /** Free on the disk of the data folder; null where the system does not say. */
  readonly freeDisk: number | null;
}
