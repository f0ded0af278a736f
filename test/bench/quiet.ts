// The environment for measured runs: without what slows Node's start (a certificate file named there flatters every ratio) or changes it.

export function quietEnvironment(): NodeJS.ProcessEnv {
  const disturbing = new Set(['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE']);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !disturbing.has(name)));
}
