/** What is around every page: its head, its look, and a policy that forbids everything else. */
import { createHash } from "node:crypto";
import { html, Markup } from "./markup.ts";
import { style } from "./style.ts";

/** A whole HTML document; `body` has an element with the id "main". */
export function wholePage(
  { title, engine }: { readonly title: string; readonly engine: string },
  body: Markup,
): string {
  // As one piece: a space between the tags would be hashed by browsers too.
  const sheet = new Markup(`<style>${style}</style>`);
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Loadstar ${engine}" />
        <title>${title}</title>
        ${sheet}
      </head>
      <body>
        ${body}
      </body>
    </html> `.text;
}
