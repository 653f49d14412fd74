#!/usr/bin/env node
/**
 * The program `loadstar`. It never calls `process.exit`: what was written to a pipe must arrive.
 */
import "../experiment/young.ts";
import { command } from "./command.ts";
import { survivePipes } from "./terminal.ts";

survivePipes();
process.exitCode = await command(process.argv.slice(2));
