import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { components, layers, onlyIn } from './eslint.layers.js';

const sourceFiles = ['**/*.ts', '**/*.tsx'];
const under = (/** @type {string} */ folder) => [`${folder}/**/*.ts`, `${folder}/**/*.tsx`];

/** @type {(value: string) => string} */
const escaped = (value) => value.replaceAll(/[.*+?^${}()|[\]\\/]/g, (character) => (character === '*' ? '[^/]+' : `\\${character}`));
/** @type {(names: readonly string[]) => string} */
const named = (names) => `^(?:${names.map(escaped).join('|')})(?:/|$)`;

/**
 * The module names that files of one layer may not import, as one regular expression per reason.
 * @param {{ ban: readonly string[], nodeBuiltins: boolean, packages: boolean, exceptPackages?: readonly string[] }} layer
 */
function bannedModules({ ban, nodeBuiltins, packages, exceptPackages = [] }) {
  const except = exceptPackages.length === 0 ? '' : `(?!(?:${exceptPackages.map(escaped).join('|')})$)`;
  return [
    ...(packages ? [] : [{ regex: `^(?!\\.)(?!node:)${except}`, message: 'This layer imports no packages.' }]),
    ...(nodeBuiltins ? [] : [{ regex: '^node:', message: 'This layer runs without Node.' }]),
    ...(ban.length === 0 ? [] : [{ regex: named(ban), message: 'This layer may not import this package (see eslint.layers.js).' }]),
    { regex: '\\.node$', message: `Only ${onlyIn.nativeLoad} loads the addon.` },
  ];
}

const shellOpeners = {
  selector: "MemberExpression[property.name='openExternal']",
  message: `Links leave Facet through ${onlyIn.openExternal} only.`,
};
const nativeLoads = [
  { selector: "MemberExpression[object.name='process'][property.name='dlopen']", message: `Only ${onlyIn.nativeLoad} loads the addon.` },
  { selector: 'Literal[value=/\\.node$/]', message: `Only ${onlyIn.nativeLoad} names the addon's file.` },
];
const browserSinks = [
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is shown as React elements, never as HTML.' },
  {
    selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
    message: 'Text is shown as React elements, never as HTML.',
  },
];

/**
 * `no-restricted-imports` does not look at `import()`, so the same table is applied to it as a selector.
 * @param {{ regex: string, message: string }[]} banned
 */
const dynamicImports = (banned) =>
  banned.map(({ regex, message }) => ({
    selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/').replaceAll('\\\\/', '\\/')}/]`,
    message,
  }));

const mainOnlyNames = [
  { name: 'electron', importNames: ['ipcMain', 'MessageChannelMain'], message: `Raw IPC stays in ${onlyIn.rawIpcMain}.` },
  { name: 'electron', importNames: ['shell'], message: `Links leave Facet through ${onlyIn.openExternal} only.` },
];

/**
 * One config object: what files of `files` may not import by name, statically or dynamically.
 * @param {{ files: string[], ignores?: string[], layer: Parameters<typeof bannedModules>[0] & { folder?: string }, paths?: object[], loadsAddon?: boolean, opensLinks?: boolean }} options
 * @returns {import('eslint').Linter.Config}
 */
function moduleRules({ files, ignores = [], layer, paths = [], loadsAddon = false, opensLinks = false }) {
  const banned = bannedModules(layer).filter(({ regex }) => !(loadsAddon && regex === '\\.node$'));
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: banned, paths }],
      'no-restricted-syntax': [
        'error',
        ...dynamicImports(banned),
        ...(opensLinks ? [] : [shellOpeners]),
        ...(loadsAddon ? [] : nativeLoads),
        ...(layer.folder?.startsWith('renderer') ? browserSinks : []),
      ],
    },
  };
}

/** @type {(folder: string) => typeof layers[number]} */
const layerOf = (folder) => {
  const layer = layers.find((candidate) => candidate.folder === folder);
  if (layer === undefined) throw new Error(`No layer ${folder}`);
  return layer;
};
/** @type {(layer: typeof layers[number], ...names: string[]) => typeof layers[number]} */
const unbanned = (layer, ...names) => ({ ...layer, ban: layer.ban.filter((name) => !names.includes(name)) });

const projectRoots = ['./electron', './renderer', './test', './build', './native', './dist'];
const zones = [
  ...layers.flatMap(({ folder, allow }) =>
    projectRoots.map((from) => ({
      target: `./${folder}`,
      from,
      except: [folder, ...allow]
        .filter((path) => `./${path}`.startsWith(`${from}/`) || `./${path}` === from)
        .map((path) => `./${path.slice(from.length - 1)}`),
      message: `${folder} may import only itself${allow.length === 0 ? '' : `, ${allow.join(', ')}`}.`,
    })),
  ),
  ...components.forbid.map((from) => ({
    target: `./${components.folder}`,
    from: `./${from}`,
    message: 'Components know React and styles only.',
  })),
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'native/',
      'node_modules/',
      'release/',
      '.cache/',
      'test-results/',
      'playwright-report/',
      'assets/',
      'test/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: sourceFiles,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.ts'], defaultProject: 'electron/bootstrap/tsconfig.json' },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      // Objects come from factories and use no `this`, so their methods may be taken apart.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: [...sourceFiles, '**/*.js', '**/*.mjs'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs'] } },
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/external-module-folders': ['node_modules'],
    },
    rules: {
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  ...layers.map((layer) =>
    moduleRules({ files: under(layer.folder), layer, paths: layer.folder === 'electron/main' ? mainOnlyNames : [] }),
  ),
  moduleRules({ files: [onlyIn.schemas], layer: { ...layerOf('electron/shared'), exceptPackages: ['zod'] } }),
  moduleRules({ files: onlyIn.storage.flatMap(under), layer: unbanned(layerOf('electron/services'), 'better-sqlite3') }),
  moduleRules({ files: [onlyIn.nativeLoad], layer: layerOf('electron/engine'), loadsAddon: true }),
  moduleRules({ files: [onlyIn.rawIpcMain], layer: layerOf('electron/main'), paths: mainOnlyNames.slice(1) }),
  moduleRules({ files: [onlyIn.openExternal], layer: layerOf('electron/main'), paths: mainOnlyNames.slice(0, 1), opensLinks: true }),
  moduleRules({
    files: under('electron/preload'),
    ignores: [onlyIn.electronInPreload],
    layer: { ...layerOf('electron/preload'), exceptPackages: [] },
  }),
  moduleRules({ files: under(components.folder), layer: { ...layerOf('renderer'), ban: [...layerOf('renderer').ban, ...components.ban] } }),
  {
    files: under('renderer'),
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/unsupported-syntax': 'error',
      // About what React's compiler can optimise, and it is not used here.
      'react-hooks/incompatible-library': 'off',
      'react-hooks/preserve-manual-memoization': 'off',
      'react-hooks/use-memo': 'off',
      // Takes writing to a DOM element (its scroll position) for a change of props.
      'react-hooks/immutability': 'off',
    },
  },
  {
    files: under('test'),
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.config.js', '**/*.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
);
