/** Gives back why the suite is skipped, and says it. @throws where FACET_VULKAN_REQUIRED=1 says that it may not be */
export function unlessRequired(missing: string): string {
  if (process.env['FACET_VULKAN_REQUIRED'] === '1') throw new Error(missing);
  process.stderr.write(`vulkan: skipped. ${missing}\n`);
  return missing;
}
