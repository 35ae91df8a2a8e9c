import { facetError } from '../../shared/errors.ts';
import type { EngineDevice, JudgedDevice } from '../engineContract.ts';
import type { NativeBinding, NativeCancelFlag } from '../nativeBinding.ts';
import { type DeviceBook, type Finding, openDeviceBook } from './deviceBook.ts';
import { driverPrint } from './driverPrint.ts';
import { loadPacks } from './loadPacks.ts';

/** A device with the name under which things are remembered of it. */
export interface UsableDevice extends EngineDevice {
  readonly identity: string;
}

/** The devices that may be used for a load, and a sentence for each that may not. */
export interface ChosenDevices {
  readonly devices: readonly UsableDevice[];
  readonly told: readonly string[];
  readonly book: DeviceBook;
}

export interface GpuDevices {
  /** Devices, the CPU last, with what is known of them; `problems` are sentences about packs that cannot be used. */
  describe(folder: string | null): { readonly devices: readonly JudgedDevice[]; readonly problems: readonly string[] };
  /**
   * Those that `gpu` (auto, off or a name) allows, the best first; a device that was never tested is tested now.
   * @throws FacetError invalidRequest when there is no device of that name; NativeError cancelled
   */
  choose(folder: string | null, gpu: string, cancel: NativeCancelFlag): Promise<ChosenDevices>;
  /** Tests a device again and forgets what failed on it before. @throws as `choose` */
  test(folder: string, name: string, cancel: NativeCancelFlag): Promise<JudgedDevice>;
  /** Whether a device takes the quantised KV cache; a clause about why not, or empty. */
  cacheFault(chosen: ChosenDevices): string;
}

export interface GpuDevicesOptions {
  readonly binding: Pick<NativeBinding, 'devices' | 'loadBackend'>;
  readonly llamaVersion: string;
  readonly systemVersion: string;
  /** Tests one device against the CPU. */
  readonly test: (device: string, cancel: NativeCancelFlag) => Promise<Finding>;
}

/** A book that remembers nothing, for where there is no folder. */
export const forgetfulBook: DeviceBook = {
  finding: () => null,
  failures: () => [],
  begin: () => () => undefined,
  found: () => undefined,
  failed: () => undefined,
  forget: () => undefined,
};

export function createGpuDevices({ binding, llamaVersion, systemVersion, test }: GpuDevicesOptions): GpuDevices {
  const loaded = new Set<string>();
  const driver = driverPrint(systemVersion);
  let opened: { readonly folder: string; readonly book: DeviceBook } | null = null;

  const bookOf = (folder: string | null): DeviceBook => {
    if (folder === null) return forgetfulBook;
    if (opened?.folder !== folder) opened = { folder, book: openDeviceBook(folder) };
    return opened.book;
  };
  const withPacks = (folder: string | null): readonly string[] =>
    folder === null ? [] : loadPacks(binding, { folder, loaded, book: bookOf(folder), driver });
  const listed = (): readonly UsableDevice[] =>
    binding
      .devices()
      .filter(({ kind }) => kind === 'gpu' || kind === 'integratedGpu')
      .toSorted((a, b) => Number(a.kind === 'integratedGpu') - Number(b.kind === 'integratedGpu'))
      .map((device) => ({ ...device, identity: identityOf(device) }));
  const identityOf = ({ backend, name, description, location, totalBytes }: EngineDevice): string =>
    [backend, name, description, location, totalBytes, `llama.cpp ${llamaVersion}`, `driver ${driver}`].join(', ');

  const find = async (device: UsableDevice, book: DeviceBook, cancel: NativeCancelFlag): Promise<string> => {
    const known = book.finding(device.identity);
    if (known !== null) return known.fault;
    const ended = book.begin(device.identity, { kind: 'test' });
    try {
      const finding = await test(device.name, cancel);
      book.found(device.identity, finding);
      return finding.fault;
    } finally {
      ended();
    }
  };
  const named = (name: string): UsableDevice => {
    const found = listed().find((device) => device.name === name);
    if (found === undefined) throw facetError('invalidRequest', { field: 'gpu', reason: `there is no device called "${name}"` });
    return found;
  };
  const judged = ({ identity, ...device }: UsableDevice, book: DeviceBook): JudgedDevice => {
    const finding = book.finding(identity);
    return { ...device, standing: finding === null ? 'untested' : finding.fault === '' ? 'sound' : 'faulty', fault: finding?.fault ?? '' };
  };

  return {
    describe: (folder) => {
      const problems = withPacks(folder);
      const cpus = binding.devices().filter(({ kind }) => kind === 'cpu');
      return {
        devices: [
          ...listed().map((device) => judged(device, bookOf(folder))),
          ...cpus.map((cpu): JudgedDevice => ({ ...cpu, standing: 'sound', fault: '' })),
        ],
        problems,
      };
    },
    choose: async (folder, gpu, cancel) => {
      const book = bookOf(folder);
      if (gpu === 'off') return { devices: [], told: [], book };
      const told = withPacks(folder);
      const isCpu = binding.devices().some(({ name, kind }) => name === gpu && kind === 'cpu');
      const wanted = gpu === 'auto' ? listed() : isCpu ? [] : [named(gpu)];
      const devices: UsableDevice[] = [];
      const faults: string[] = [];
      for (const device of wanted) {
        const fault = await find(device, book, cancel);
        if (fault === '') devices.push(device);
        else faults.push(`${device.description} is not used: ${fault}`);
      }
      return { devices, told: [...told, ...faults], book };
    },
    test: async (folder, name, cancel) => {
      const book = bookOf(folder);
      withPacks(folder);
      const device = named(name);
      book.forget(device.identity);
      await find(device, book, cancel);
      return judged(device, book);
    },
    cacheFault: ({ devices: [first], book }) => (first === undefined ? '' : (book.finding(first.identity)?.cacheFault ?? '')),
  };
}
