/**
 * Installing a wheel into Pyodide, and the packages it asks for as far as Pyodide has them.
 */
import type { PyodideAPI } from 'pyodide';

const REQUIREMENTS = `
import importlib.metadata, json, re
names = [re.match('[A-Za-z0-9._-]+', text)[0] for text in importlib.metadata.requires('torch') or [] if ';' not in text]
json.dumps([re.sub('[-_.]+', '-', name).lower() for name in names])
`;

/**
 * Installs a torch.
 *
 * @throws Error with what went wrong
 */
export async function installWheel(pyodide: PyodideAPI, wheel: string): Promise<void> {
  await load(pyodide, wheel);
  const wanted = JSON.parse(pyodide.runPython(REQUIREMENTS) as string) as string[];
  for (const name of wanted) await load(pyodide, name);
}

async function load(pyodide: PyodideAPI, what: string): Promise<void> {
  const errors: string[] = [];
  const quiet = (): void => {};
  await pyodide.loadPackage(what, { messageCallback: quiet, errorCallback: (message) => void errors.push(message) });
  if (errors.length > 0) throw new Error(`${what}: ${errors.join(' ')}`);
}
