/** The published form of result.json, made from the schema it is checked with. */
import { documentSchemaOf } from "../schema/jsonSchema.ts";
import { resultSchema } from "./result.ts";

/** The JSON Schema of a Result, for programs that read one. */
export function resultSchemaText(): string {
  const schema = documentSchemaOf(resultSchema, {
    id: "https://loadstar.invalid/result.schema.json",
    title: "Loadstar result, version 1.0",
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
