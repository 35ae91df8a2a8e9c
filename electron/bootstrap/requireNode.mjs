/**
 * Stops an entry point that was started on a Node which its libraries cannot use, before they are loaded.
 * better-sqlite3 13 crashes the process on Node 20, and pdf.js 6 throws.
 * @param {string} version such as `process.versions.node`
 * @param {number} needed lowest major version
 * @returns {string | null} what to tell people, or null when the version will do
 */
export function nodeComplaint(version, needed) {
  const major = Number.parseInt(version, 10);
  if (major >= needed) return null;
  return `Facet needs Node ${needed} or newer here, and this is Node ${version}. In a checkout use "npm start" or "npm run -s facet -- …", which bring their own Node.`;
}

/** Checks the running process and ends it with code 1 and one line when its Node is too old. @param {number} needed lowest major version */
export function requireNode(needed) {
  const complaint = nodeComplaint(process.versions.node, needed);
  if (complaint === null) return;
  process.stderr.write(`facet: ${complaint}\n`);
  process.exit(1);
}
