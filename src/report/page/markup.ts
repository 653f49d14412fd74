/**
 * HTML that cannot be broken out of: whatever is put into a template is escaped, unless it is markup already.
 *
 * Titles, names and reasons come from strangers; there is no other way to make markup here.
 */

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | null | readonly Content[];

/** Template tag: html`<td>${name}</td>`. Lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(
    strings.reduce(
      (text, piece, position) => text + rendered(values[position - 1] ?? null) + piece,
    ),
  );
}

/** For text in HTML and XML, and in their quoted attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function rendered(content: Content): string {
  if (content === null) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return content.map(rendered).join("");
}
