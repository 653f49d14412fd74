/**
 * Keeps the young generation of V8's heap small while modules are loaded: to be imported first.
 *
 * V8 doubles it again and again for what turns out to stay, and hardly ever makes it smaller: 33 MB
 * in every thread, of which a run that makes no garbage has no use. Threads that simulate let it grow
 * afterwards, if there is garbage. The flag is the whole process's, and read whenever V8 would grow.
 */
import { setFlagsFromString } from "node:v8";

stayYoung();

/** Loading and drawing are as fast without growth, in 15 to 50 MB less. */
export function stayYoung(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** V8's own way, for as long as there is something to simulate. */
export function growUp(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
