/** What `isProxyAddress` wants, for people. */
export const proxyRule = 'must be like http://proxy.example:3128, without a password, or empty';

/** Whether it can stand in the settings as a proxy: http or https, a host, nothing after it, and no password; or nothing at all. */
export function isProxyAddress(text: string): boolean {
  return text === '' || /^https?:\/\/[^\s/@?#\\]+\/?$/i.test(text);
}
