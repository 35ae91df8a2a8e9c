/** The one version everything native comes from: source, headers and prebuilt libraries. */
export const nodeLlamaCppVersion = '3.22.1';

/** sha512 of the npm tarball of `node-llama-cpp`, whose source bundle matches the prebuilt libraries. */
export const nodeLlamaCppIntegrity = 'sha512-bltIipuWmc123H7tMIgDGKSsSrhmhlQYeVUC48XTjVW7XGJJiJJyCdlTMzQ/LiWoPkGDpcL4FviDpgw7qfTiDw==';

/** llama.cpp version inside that tarball. */
export const llamaVersion = 'v0.5.0';

/**
 * Platform packages by `process.platform`-`process.arch`. The Linux ones are optional dependencies, so the lock file pins their integrity.
 * The others are fetched when needed and want an integrity here first; null means that nobody has confirmed one yet.
 * @type {Readonly<Record<string, { readonly name: string, readonly integrity: string | null }>>}
 */
export const platformPackages = {
  'linux-x64': {
    name: 'linux-x64',
    integrity: 'sha512-5uCCDNqWCNfaAm8aR/Uzxbo4HBpKgNF91kCHPepKhgMgV2OAmatoefbOlMihsqCiH2Od35E/eUHQCFbfRBJuOg==',
  },
  'linux-arm64': {
    name: 'linux-arm64',
    integrity: 'sha512-W+7naKCXX9/eEjjFmRS8vvx91QyLXDbeFxexZc3bh/PtQABZgmRL3C0AtYYXn4YGTj/3Qor4lWZn2tpjZFPLdQ==',
  },
  'darwin-arm64': { name: 'mac-arm64-metal', integrity: null },
  'darwin-x64': { name: 'mac-x64', integrity: null },
};
