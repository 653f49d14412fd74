/** What everything in one simulated platform shares: the clock, the calls, the weather, the journal. */
import { Fingerprint } from "../kernel/fingerprint.ts";
import { Kernel } from "../kernel/kernel.ts";
import { stream, type Random } from "../kernel/random.ts";
import { Agenda } from "./agenda.ts";
import { Calls } from "./calls.ts";
import { Exchange } from "./exchange.ts";
import { Journal } from "./journal.ts";
import { Zones } from "./zones.ts";

export class World {
  readonly kernel = new Kernel();
  readonly calls = new Calls();
  readonly fingerprint = new Fingerprint();
  readonly agenda = new Agenda(this.kernel);
  readonly exchange = new Exchange(this.kernel, this.calls, this.fingerprint);
  readonly journal = new Journal(this.kernel, this.fingerprint);
  readonly zones = new Zones();
  private readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The random stream of one owner for one purpose. */
  stream(owner: string, purpose: string): Random {
    return stream(this.seed, owner, purpose);
  }
}
