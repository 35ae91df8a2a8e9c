import { bytesInWords } from '../../shared/bytesInWords.ts';
import { type FacetError, facetError, toErrorData } from '../../shared/errors.ts';
import { type GpuDevice, type GpuOverview, gpuStepWords } from '../../shared/gpu.ts';
import type { GpuPack } from '../../shared/gpuPacks.ts';
import { refuse } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Command, commonOptions } from './command.ts';
import { noOperands, oneOperand } from './operands.ts';

/** `facet models devices`: what models can run on. */
export const devicesCommand: Command = {
  name: 'models devices',
  operands: '',
  summary: 'List the processor and graphics cards that models can run on, and the packs that add to them',
  options: commonOptions,
  notes: ['A name of the list is what --gpu takes. A card is tested when it is used first; one that computes wrongly is left alone.'],
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    noOperands(operands);
    const app = await context.openApp(options.data);
    const overview = await app.request('gpu.describe', {}, context.signal);
    if (options.json) context.output.json(overviewReport(overview));
    else for (const line of overviewLines(overview)) context.output.line(line);
    return exitCodes.ok;
  },
};

const getCommand: Command = {
  name: 'gpu get',
  operands: 'vulkan|cuda',
  summary: 'Fetch support for graphics cards (through npm, checked to the byte)',
  options: commonOptions,
  notes: ['Vulkan serves AMD, Intel and NVIDIA with their usual driver; CUDA needs NVIDIA’s driver and the CUDA 13 libraries.'],
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const name = packName(oneOperand(operands, 'PACK'));
    const { output } = context;
    const app = await context.openApp(options.data);
    const stop = app.onEvent((event) => {
      if (event.name !== 'gpu.progressed') return;
      const { receivedBytes, totalBytes } = event.payload;
      if (options.json) output.json({ event: 'progress', name, received: receivedBytes, total: totalBytes });
      else output.progress(`Getting the ${name} pack: ${bytesInWords(receivedBytes)} of ${bytesInWords(totalBytes)}`);
    });
    try {
      const overview = await app.request('gpu.get', { name }, context.signal);
      output.progress(null);
      if (options.json) output.json({ event: 'installed', ...overviewReport(overview) });
      else for (const line of overviewLines(overview)) output.line(line);
      return exitCodes.ok;
    } finally {
      stop();
      output.progress(null);
    }
  },
};

const removeCommand: Command = {
  name: 'gpu remove',
  operands: 'vulkan|cuda',
  summary: 'Delete a pack for graphics cards',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const name = packName(oneOperand(operands, 'PACK'));
    const app = await context.openApp(options.data);
    const { packs } = await app.request('gpu.describe', {}, context.signal);
    const wasHere = packs.some((pack) => pack.name === name && pack.installed);
    await app.request('gpu.remove', { name }, context.signal);
    if (options.json) context.output.json({ removed: wasHere ? name : null });
    else context.output.line(wasHere ? `Removed the ${name} pack.` : `There is no ${name} pack here.`);
    return exitCodes.ok;
  },
};

const testCommand: Command = {
  name: 'gpu test',
  operands: 'NAME',
  summary: 'Have a graphics card compute what the processor computes, whatever was found before',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const device = oneOperand(operands, 'NAME');
    const app = await context.openApp(options.data);
    context.output.progress(`Testing ${device}`);
    const stop = app.onEvent((event) => {
      if (event.name !== 'gpu.testProgressed') return;
      const { step } = event.payload;
      if (options.json) context.output.json({ event: 'progress', device, step });
      else context.output.progress(`Testing ${device}: ${gpuStepWords(step)}`);
    });
    try {
      const tested = await app.request('gpu.test', { device }, context.signal).catch((error: unknown) => {
        const { code } = toErrorData(error);
        throw code === 'invalidRequest' ? unknownDevice(device, error) : error;
      });
      context.output.progress(null);
      if (options.json) context.output.json(deviceReport(tested));
      else context.output.line(deviceLine(tested));
      return tested.standing === 'faulty' ? exitCodes.model : exitCodes.ok;
    } finally {
      stop();
      context.output.progress(null);
    }
  },
};

/** `facet gpu …`. */
export const gpuCommands: readonly Command[] = [getCommand, removeCommand, testCommand];

function unknownDevice(device: string, cause: unknown): FacetError {
  const reason = `is no device of this machine: "${device}". See them with facet models devices`;
  return facetError('invalidRequest', { field: 'NAME', reason }, cause);
}

function packName(given: string): GpuPack['name'] {
  const name = given.toLowerCase();
  return name === 'vulkan' || name === 'cuda' ? name : refuse('PACK', `must be vulkan or cuda, not "${given}"`);
}

function deviceReport({ name, description, backend, kind, totalBytes, freeBytes, standing, fault }: GpuDevice): object {
  return { name, description, backend, kind, memory: totalBytes, free: freeBytes, standing, fault };
}

function overviewReport({ devices, packs, problems }: GpuOverview): object {
  return {
    devices: devices.map(deviceReport),
    packs: packs.map(({ name, installed, downloadBytes, diskBytes, missing }) => ({
      name,
      installed,
      download: downloadBytes,
      disk: diskBytes,
      missing,
    })),
    problems,
  };
}

function deviceLine({ name, description, backend, totalBytes, freeBytes, standing, fault }: GpuDevice): string {
  const known = standing === 'faulty' ? `not used: ${fault}` : standing === 'untested' ? 'tested at first use' : 'computes right';
  const free = freeBytes === 0 ? '' : `, ${bytesInWords(freeBytes)} free`;
  return `${name}  ${description}, ${backend}, ${bytesInWords(totalBytes)}${free}${backend === 'CPU' ? '' : `; ${known}`}`;
}

function overviewLines({ devices, packs, problems }: GpuOverview): readonly string[] {
  const packLine = ({ name, installed, downloadBytes, missing }: GpuOverview['packs'][number]): string => {
    if (installed) return `${name} pack: installed`;
    if (missing.length > 0)
      return `${name} pack: of no use here, since ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
    return `${name} pack: facet gpu get ${name} (${bytesInWords(downloadBytes)})`;
  };
  return [...devices.map(deviceLine), ...packs.map(packLine), ...problems];
}
