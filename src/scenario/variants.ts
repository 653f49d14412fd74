/** What the variants of a scenario add to the issues of the scenario itself. */
import type { Issue } from "../schema/issue.ts";

/** Issues that only variants have, each once, with the names of the variants that have it. */
export function addedBy<Some extends Issue>(
  variants: readonly (readonly [variant: string, issues: readonly Some[]])[],
  known: readonly Some[],
): Some[] {
  const before = new Set(known.map(saying));
  const added = new Map<string, { readonly issue: Some; readonly names: string[] }>();
  for (const [variant, issues] of variants) {
    for (const issue of issues) {
      if (before.has(saying(issue))) continue;
      const key = JSON.stringify(issue);
      const names = added.get(key)?.names ?? [];
      if (!names.includes(variant)) names.push(variant);
      added.set(key, { issue, names });
    }
  }
  return [...added.values()].map(({ issue, names }) => ({
    ...issue,
    message: `${issue.message} (in ${names.length > 1 ? "variants" : "variant"} ${names.join(", ")})`,
  }));
}

/** An issue without its place: what a variant merges into may stand elsewhere. */
function saying({ path, message }: Issue): string {
  return JSON.stringify([path, message]);
}
