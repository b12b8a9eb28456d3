/** The one place where the interface hands the browser the address of a script, under Trusted Types. */

interface Policy {
  createScriptURL(input: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: Record<string, (input: string) => string>): Policy;
}

let policy: Policy | undefined;

function trusted(): Policy | undefined {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  policy ??= factory?.createPolicy("thread", {
    createScriptURL: (url) => {
      if (!url.startsWith("/assets/") && !url.startsWith("/src/")) throw new TypeError(`Not ours: ${url}`);
      return url;
    },
  });
  return policy;
}

/** For the address of one of our own worker scripts. */
export function workerScript(url: string): string {
  return (trusted()?.createScriptURL(url) ?? url) as string;
}
