/**
 * Keeps the young generation of V8's heap small while modules are loaded: to be imported first, and
 * what is heavy after it by `await import`, because all static imports are read before any begins.
 *
 * V8 doubles it again and again for what turns out to stay, and hardly ever makes it smaller: 33 MB
 * in every thread, of which a single run has no use, because it makes hardly any garbage. Threads that
 * have one run after another let it grow: with room for a few records of runs they take a tenth less
 * time. The flag is the whole process's, and read whenever V8 would grow.
 */
import { setFlagsFromString } from "node:v8";

stayYoung();

/** Loading and drawing are as fast without growth, in 15 to 50 MB less. */
export function stayYoung(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** V8's own way. */
export function growUp(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
