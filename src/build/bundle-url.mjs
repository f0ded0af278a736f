// What `import.meta.url` means in a CommonJS bundle. Put together by hand: loading `node:url` for it takes half a millisecond of every start.

const path = process.platform === 'win32' ? `/${__filename.replaceAll('\\', '/')}` : __filename;

export const BUNDLE_URL = `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;
