/**
 * From arguments to an exit code: finds the verb, lets it work, and puts every ending into words.
 */
import yargs from "yargs";
import type { Argv } from "yargs";
import { VERSION } from "../experiment/version.ts";
import { didYouMean } from "../schema/suggest.ts";
import { ending, exit, Stop } from "./exit.ts";
import { STANDARD_INPUT } from "./files.ts";
import { note, widthOf } from "./terminal.ts";
import type { Verb } from "./verb.ts";
import { wordOf } from "./verb.ts";
import { verbs } from "./verbs/index.ts";

/** Flags every verb takes. */
const common = {
  debug: { type: "boolean", default: false, describe: "Show where in Loadstar a bug is" },
} as const;

/** Help is set for this many columns, or the terminal's if it has fewer. */
const WIDTH = 100;

const EXIT_CODES = `Ends with 0 when the objectives are met, 99 when they are missed, 2 for a wrong command line,
3 for a wrong scenario, 4 for files that cannot be read or written, 5 when size finds nothing that fits,
6 for a queue that is away or fails, 1 for a bug of ours, 130 and 143 when interrupted. The answer goes to stdout, everything else to stderr.`;

/** Does what the arguments ask for and returns the code to end with. */
export async function command(words: readonly string[]): Promise<number> {
  try {
    let code: number = exit.met;
    await parser(words, (end) => (code = end)).parseAsync();
    return code;
  } catch (problem) {
    const { code, message } = ending(problem, wantsTrace(words));
    note(`loadstar: ${message}`);
    return code;
  }
}

function wantsTrace(words: readonly string[]): boolean {
  return words.includes("--debug") || Boolean(process.env["LOADSTAR_DEBUG"]);
}

function parser(words: readonly string[], finish: (code: number) => void): Argv {
  const start = yargs(words.map((word) => (word === "-" ? STANDARD_INPUT : word)))
    .scriptName("loadstar")
    .usage("Rehearses a platform's worst hour before it comes.\n\nUsage: $0 <verb> …")
    .parserConfiguration({
      "dot-notation": false,
      "boolean-negation": false,
      "parse-positional-numbers": false,
      "strip-aliased": true,
    })
    // Messages are read below, so they must not follow the user's language.
    .detectLocale(false)
    .wrap(Math.min(WIDTH, widthOf(process.stdout)))
    .options(common)
    .epilogue(EXIT_CODES)
    .version(VERSION)
    .strict()
    .demandCommand(1, "say what to do")
    .exitProcess(false)
    .fail((message: string | null, problem: Error | undefined) => {
      if (problem && problem.name !== "YError") throw problem;
      throw new Stop(exit.commandLine, explain(problem?.message ?? message ?? "", words));
    });
  return verbs
    .reduce((built: Argv, verb) => add(built, verb, finish), start)
    .completion(
      "completion",
      "Prints a completion script for bash or zsh, whichever SHELL names",
      (current: string, typed: Record<string, unknown>, usual: () => void, done: Done) =>
        takesFiles(current, typed) ? done([]) : usual(),
    );
}

type Done = (words: string[]) => void;

/** After a verb a word without dashes is a file, and an empty list makes the shell offer files. */
function takesFiles(current: string, typed: Record<string, unknown>): boolean {
  const [, verb, ...rest] = typed["_"] as string[];
  const known = verbs.some((one) => wordOf(one) === verb);
  return known && rest.length > 0 && !current.startsWith("-");
}

function add(parser: Argv, verb: Verb, finish: (code: number) => void): Argv {
  return parser.command(
    verb.usage,
    verb.summary,
    (builder) => {
      builder.usage(`Usage: $0 ${verb.usage}\n\n${verb.summary}`).options(verb.flags);
      for (const [name, given] of Object.entries(verb.given)) builder.positional(name, given);
      for (const [line, what] of verb.examples) builder.example(line, what);
      return builder;
    },
    async (asked) => finish(await verb.perform(asked)),
  );
}

/** Rewrites what yargs found wrong: lower case, with what they may have meant and where to look. */
function explain(message: string, words: readonly string[]): string {
  const verb = verbs.find((known) => wordOf(known) === words.find((word) => !word.startsWith("-")));
  const help = `See: loadstar ${verb ? `${wordOf(verb)} ` : ""}--help`;
  if (verb && message.startsWith("Not enough non-option"))
    return `${wordOf(verb)} needs more: ${verb.usage}\n${help}`;
  const unknown = /^Unknown (?:argument|command|option)s?: (.*)$/s.exec(message)?.[1]?.split(", ");
  const mistakes = unknown?.map((word) => unknownWord(word, verb, words)) ?? [lower(message)];
  return [...mistakes, help].join("\n");
}

function unknownWord(word: string, verb: Verb | undefined, words: readonly string[]): string {
  const typed = words.find((one) => one.startsWith("-") && one.replace(/^-+/, "").startsWith(word));
  if (!verb && !typed) return noSuch("verb", word, "", [...verbs.map(wordOf), "completion"]);
  if (!typed) return `"${word}" is one argument too many`;
  const known = [...Object.keys(verb?.flags ?? {}), ...Object.keys(common), "help", "version"];
  return noSuch("flag", word, typed.startsWith("--") ? "--" : "-", known);
}

function noSuch(noun: string, word: string, dashes: string, known: readonly string[]): string {
  const near = didYouMean(word, known);
  const meant = near ? `; did you mean "${dashes && "--"}${near}"?` : "";
  return `there is no ${noun} "${dashes}${word}"${meant}`;
}

function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
