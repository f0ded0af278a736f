// Globs → whether they match a path from the config's folder. A pattern without `/` matches at any depth, one that matches a folder matches
// all in it, and one that begins with `!` takes back what others matched before it.

import picomatch from 'picomatch';

export function matcher(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map((pattern) => {
    const negated = pattern.startsWith('!');
    const glob = anchored(negated ? pattern.slice(1) : pattern);
    // As shells and gitignore have it, a `*` also matches names that begin with a dot.
    const matches = picomatch([glob, `${glob}/**`], { dot: true, nonegate: true });
    return { negated, matches };
  });
  return (path) => {
    let found = false;
    for (const { negated, matches } of tests) if (found === negated && matches(path)) found = !negated;
    return found;
  };
}

/** `legacy`, `./legacy/`, `/legacy` and `legacy/**` → what picomatch takes for them. */
function anchored(pattern: string): string {
  const rooted = /^\.?\//.test(pattern);
  const bare = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return rooted || bare.includes('/') ? bare : `**/${bare}`;
}
