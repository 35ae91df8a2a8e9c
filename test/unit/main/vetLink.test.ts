import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vetLink } from '../../../electron/main/vetLink.ts';

describe('vetLink', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d', 'example.org'],
    ['HTTP://EXAMPLE.org:8080', 'http://example.org:8080/', 'example.org:8080'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/', 'xn--e1afmkfd.xn--p1ai'],
    ['mailto:someone@example.org?subject=Hello', 'mailto:someone@example.org?subject=Hello', 'someone@example.org'],
    ['https:\\\\example.org\\a', 'https://example.org/a', 'example.org'],
  ])('asks about %s', (text, url, host) => expect(vetLink(text)).toEqual({ kind: 'ask', url, host }));

  it.each([
    'file:///etc/passwd',
    'file://host/share',
    'smb://host/share',
    '\\\\host\\share',
    '//host/share',
    'calculator:',
    'ms-msdt:/id PCWDiagnostic',
    'ms-officecmd:x',
    'search-ms:query=x',
    'vbscript:x',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.org/1',
    'app://bundle/index.html',
    'about:blank',
    'chrome://settings',
    'ftp://example.org/',
    'ssh://example.org',
    'tel:+123',
    'x-apple.systempreferences:',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:secret@example.org/',
    'mailto:',
    'mailto:?attach=/etc/passwd',
    'mailto:a@example.org?attach=/etc/passwd',
    'mailto:a@example.org?bcc=b@example.org',
    'example.org',
    '',
    `https://example.org/${'a'.repeat(2_000)}`,
  ])('refuses %s', (text) => expect(vetLink(text).kind).toBe('refused'));

  it('lets out nothing but the three schemes, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.stringMatching(/^[a-z-]{1,12}:.{0,20}$/)), (text) => {
        const verdict = vetLink(text);
        if (verdict.kind === 'ask') expect(['https:', 'http:', 'mailto:']).toContain(new URL(verdict.url).protocol);
      }),
    );
  });
});
