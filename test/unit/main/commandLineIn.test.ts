import { expect, test } from 'vitest';
import { allCommands } from '../../../electron/headless/commands/allCommands.ts';
import { commandLineIn, commandWords } from '../../../electron/main/commandLineIn.ts';

test('every command of the command line is known', () => {
  const firstWords = new Set(allCommands.map(({ name }) => name.split(' ')[0]));
  expect(new Set(commandWords)).toEqual(new Set([...firstWords, 'help']));
});

test('a start without a command wants the window', () => {
  expect(commandLineIn(['/opt/Facet/facet'], true)).toBeNull();
  expect(commandLineIn(['/opt/Facet/facet', '--no-sandbox'], true)).toBeNull();
  expect(commandLineIn(['/opt/Facet/facet', '--data', 'ask'], true)).toBeNull();
  expect(commandLineIn(['/opt/Facet/facet', 'report.pdf'], true)).toBeNull();
  expect(commandLineIn(['electron', '.'], false)).toBeNull();
});

test('a command is handed on whole, without switches of Chromium in front', () => {
  expect(commandLineIn(['/opt/Facet/facet', 'ask', '--json', 'Why?'], true)).toEqual(['ask', '--json', 'Why?']);
  expect(commandLineIn(['electron', '.', '--data', '/d', 'ask', 'Why?'], false)).toEqual(['--data', '/d', 'ask', 'Why?']);
  expect(commandLineIn(['facet', '--disable-gpu', 'models', 'list'], true)).toEqual(['models', 'list']);
  expect(commandLineIn(['facet', '--version'], true)).toEqual(['--version']);
  expect(commandLineIn(['facet', '--ozone-platform=x11', '--help'], true)).toEqual(['--help']);
});
