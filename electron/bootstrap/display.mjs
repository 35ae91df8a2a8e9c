/**
 * Why no window can be opened here, as the start of a sentence, or null when one can.
 * @param {{ platform: string, environment: NodeJS.ProcessEnv, userId: number | null }} machine
 * @returns {string | null}
 */
export function windowObstacle({ platform, environment, userId }) {
  if (platform !== 'linux') return null;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'This machine has no display';
  // Chromium refuses to run as root with its sandbox, and Facet never turns the sandbox off.
  if (userId === 0) return 'A desktop app cannot keep its sandbox when it runs as root';
  return null;
}
