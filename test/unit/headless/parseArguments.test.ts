import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../electron/headless/arguments/parseArguments.ts';
import { askOptions, checkAskOptions, loadOverrides, sendOptions } from '../../../electron/headless/commands/askOptions.ts';
import { oneOperand } from '../../../electron/headless/commands/operands.ts';
import { FacetError, toErrorData } from '../../../electron/shared/errors.ts';

const parse = (...given: readonly string[]) => parseArguments(askOptions, given);

function refusal(...given: readonly string[]): string {
  try {
    const { options, operands } = parse(...given);
    oneOperand(operands, 'QUESTION');
    checkAskOptions(options);
  } catch (error) {
    const data = toErrorData(error);
    if (data.code === 'invalidRequest') return `${data.details.field} ${data.details.reason}`;
    throw error;
  }
  return 'accepted';
}

describe('what is accepted', () => {
  test('all options, before and after the question, joined and apart', () => {
    const { options, operands } = parse(
      '--image',
      'a.png',
      '--image=b.png',
      'Total?',
      '--doc',
      '-',
      '--seed=7',
      '--temperature',
      '.5',
      '--json',
      '--gpu',
      'off',
    );
    expect(operands).toEqual(['Total?']);
    expect(options).toMatchObject({
      image: ['a.png', 'b.png'],
      doc: ['-'],
      seed: 7,
      temperature: 0.5,
      json: true,
      gpu: 'off',
      model: null,
      'dry-run': false,
    });
  });

  test('a question that begins with dashes, after --', () => {
    expect(parse('--json', '--', '--what?').operands).toEqual(['--what?']);
  });

  test('a value with an equals sign, and an empty system text', () => {
    expect(parse('--system=a=b', 'q').options.system).toBe('a=b');
    expect(parse('--system', '', 'q').options.system).toBe('');
  });

  test('regions in whole pixels', () => {
    expect(parse('--region', '1,2,3,4', '--region=10, 20, 30, 40').options.region).toEqual([
      { x: 1, y: 2, width: 3, height: 4 },
      { x: 10, y: 20, width: 30, height: 40 },
    ]);
  });

  test('words and names of devices in any case', () => {
    const { options } = parse('--kv', 'Q8_0', '--profile', 'Turns', '--gpu', 'OFF', 'q');
    expect(options).toMatchObject({ kv: 'q8_0', profile: 'turns', gpu: 'off' });
    expect(parse('--gpu', 'Vulkan0', 'q').options.gpu).toBe('Vulkan0');
  });

  test('absent options override nothing', () => {
    expect(loadOverrides(parse('q').options)).toEqual({});
    expect(sendOptions(parse('q').options)).toEqual({ sampling: {} });
  });

  test.each([
    ['--context', '512', '131072'],
    ['--max-tokens', '1', '32768'],
    ['--temperature', '0', '2'],
    ['--seed', '0', '4294967295'],
    ['--threads', '0', '256'],
  ])('%s from %s to %s', (name, least, most) => {
    expect(refusal(name, least, 'q')).toBe('accepted');
    expect(refusal(name, most, 'q')).toBe('accepted');
  });
});

describe('what is refused', () => {
  test.each([
    [[], 'QUESTION is missing'],
    [[''], 'QUESTION is missing'],
    [['  '], 'QUESTION is missing'],
    [['What', 'is'], '"is" is one argument too many; put the whole QUESTION in quotes'],
    [['--modle', 'x', 'q'], '--modle is no option of this command; did you mean --model?'],
    [['--imgae', 'a.png', 'q'], '--imgae is no option of this command; did you mean --image?'],
    [['--max-token', '3', 'q'], '--max-token is no option of this command; did you mean --max-tokens?'],
    [['-5 + 3 = ?'], '-5 + 3  is no option of this command; see --help. What begins with a dash and is no option goes after --'],
    [['-x', 'q'], '-x is no option of this command; see --help. What begins with a dash and is no option goes after --'],
    [['--constructor', 'q'], '--constructor is no option of this command; did you mean --context?'],
    [['q', '--model'], '--model needs a value (ID|FILE)'],
    [['--model', '--json', 'q'], '--model needs a value (ID|FILE)'],
    [['--model=', 'q'], '--model needs a value'],
    [['--image', '', 'q'], '--image needs a value'],
    [['--json=yes', 'q'], '--json takes no value'],
    [['--json', '--json', 'q'], '--json may be given only once'],
    [['--seed', '1', '--seed', '2', 'q'], '--seed may be given only once'],
    [['--doc', '-', '--doc', '-', 'q'], '--doc - may be given only once'],
    [['--image', '-', 'q'], '--image - is not supported; give a file'],
    [['--context', '511', 'q'], '--context must be a whole number from 512 to 131072, not "511"'],
    [['--context', '131073', 'q'], '--context must be a whole number from 512 to 131072, not "131073"'],
    [['--max-tokens', '0', 'q'], '--max-tokens must be a whole number from 1 to 32768, not "0"'],
    [['--seed', '-1', 'q'], '--seed must be a whole number from 0 to 4294967295, not "-1"'],
    [['--temperature', '2.01', 'q'], '--temperature must be a number from 0 to 2, not "2.01"'],
    [['--temperature', 'NaN', 'q'], '--temperature must be a number from 0 to 2, not "NaN"'],
    [['--temperature', '-0.5', 'q'], '--temperature must be a number from 0 to 2, not "-0.5"'],
    [['--threads', '257', 'q'], '--threads must be a whole number from 0 to 256, not "257"'],
    [['--profile', 'chat', 'q'], '--profile must be one of turns, transcript, not "chat"'],
    [['--pan-scan', 'on', 'q'], '--pan-scan must be one of off, reference, auto, not "on"'],
    [['--region', '1,2,3', '--image', 'a', 'q'], '--region must be x,y,width,height in whole pixels, each side 1 or more, not "1,2,3"'],
    [['--region', '1,2,0,4', '--image', 'a', 'q'], '--region must be x,y,width,height in whole pixels, each side 1 or more, not "1,2,0,4"'],
    [['--region', '1,2,3,4', 'q'], '--region needs exactly one --image'],
    [['--region', '1,2,3,4', '--pan-scan', 'off', '--image', 'a', 'q'], '--region cannot be combined with --pan-scan'],
  ])('%j: %s', (given, reason) => {
    expect(refusal(...given)).toBe(reason);
  });

  test.each(['1e3', '0x10', '1.5', '1_000', ' 7', '７', '+7', 'Infinity', '99999999999999999999'])('the whole number %j', (value) => {
    expect(refusal('--seed', value, 'q')).toContain('must be a whole number');
  });

  test('anything at all is accepted or refused as a usage error, never a crash', () => {
    const names = Object.keys(askOptions).map((name) => `--${name}`);
    const argument = fc.oneof(
      fc.constantFrom(...names, '--', '-', '='),
      fc.string(),
      fc.double().map(String),
      fc.constantFrom(...names).chain((name) => fc.string().map((value) => `${name}=${value}`)),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 8 }), (given) => {
        try {
          parse(...given);
        } catch (error) {
          expect(error).toBeInstanceOf(FacetError);
          expect(toErrorData(error).code).toBe('invalidRequest');
        }
      }),
    );
  });
});
