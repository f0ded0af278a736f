// What `import.meta.url` means in a CommonJS bundle.

import { pathToFileURL } from 'node:url';

export const BUNDLE_URL = /* @__PURE__ */ pathToFileURL(__filename).href;
