/**
 * What becomes of requests: answered, or given up by their clients at the deadline.
 *
 * A client that will give up is known as soon as a call is seen to leave too late. If that is beyond
 * the next reading, it is noted and counted in its time.
 */
import { lowerHalf, upperHalf, type Fingerprint } from "../../kernel/fingerprint.ts";
import type { Duration } from "../../kernel/time.ts";
import type { ClassMeter } from "../classMeter.ts";
import { Durations } from "../../statistics/histogram.ts";
import { OK, TIMED_OUT } from "../outcomes.ts";
import type { Exit } from "./leg.ts";
import type { Requests } from "./requests.ts";
import type { Station } from "./station.ts";

export class Ledger {
  /** Deadlines met [requests] -- state. */
  gaveUp = 0;
  /** Answers that nobody waited for any more [requests] -- state. */
  private answeredLate = 0;
  /** Readings are next taken at this instant: what happens before it counts now [ns]. */
  private period: Duration = 0;
  private readonly requests: Requests;
  private readonly fingerprint: Fingerprint;
  /** By request class. */
  private readonly meters: readonly ClassMeter[];
  private readonly measuredFrom: Duration;
  /** By request class: deadlines met [requests]. */
  readonly timedOut: Float64Array;
  /** Requests whose clients will give up after the next reading, and when [ns]. */
  private lateRequests: number[] = [];
  private lateDeadlines: Duration[] = [];
  /** Durations on their way into a histogram. */
  private readonly column = new Durations();

  constructor(
    requests: Requests,
    fingerprint: Fingerprint,
    meters: readonly ClassMeter[],
    measuredFrom: Duration,
  ) {
    this.requests = requests;
    this.fingerprint = fingerprint;
    this.meters = meters;
    this.measuredFrom = measuredFrom;
    this.timedOut = new Float64Array(meters.length);
  }

  /** Requests in flight whose clients have given up [requests]. */
  get abandoned(): number {
    return this.gaveUp - this.answeredLate;
  }

  /** A reading has been taken: deadlines before the next one count from now on. */
  beginPeriod(until: Duration): void {
    this.period = until;
    const { lateRequests, lateDeadlines } = this;
    this.lateRequests = [];
    this.lateDeadlines = [];
    lateRequests.forEach((request, index) => this.giveUpAt(request, lateDeadlines[index]!));
  }

  /** A call of the request leaves at its deadline or later. */
  giveUp(request: number): void {
    this.giveUpAt(request, this.requests.becomeLate(request));
  }

  private giveUpAt(request: number, deadline: Duration): void {
    if (deadline >= this.period) {
      this.lateRequests.push(request);
      this.lateDeadlines.push(deadline);
      return;
    }
    const { requests } = this;
    const requestClass = requests.requestClass(request);
    const bornAt = requests.bornAt(request);
    this.gaveUp++;
    this.timedOut[requestClass]!++;
    const key = requests.key(request);
    this.fingerprint.add(FIRST_ATTEMPT | TIMED_OUT, requestClass, key, bornAt, deadline);
    this.meters[requestClass]!.failed(TIMED_OUT, bornAt >= this.measuredFrom);
  }

  /** Counts the requests that were answered at an exit in a chunk, and closes their records. */
  settle(exit: Exit): void {
    if (exit.inbox.count === 0) return;
    for (const station of exit.stations) this.countService(exit, station);
    exit.answered += exit.inbox.count;
    if (this.gaveUp > this.answeredLate || this.lateRequests.length > 0) this.dropLate(exit);
    this.conclude(exit);
    exit.inbox.clear();
  }

  private countService({ inbox }: Exit, { meter, stage }: Station): void {
    const { requests, column } = this;
    const { count, times, requests: answered } = inbox;
    column.reserve(count);
    const served = column.values;
    for (let k = 0; k < count; k++) served[k] = times[k]! - requests.startedAt(answered[k]!, stage);
    meter.servedAll(column, count);
  }

  /** Takes out the answers that nobody waited for. */
  private dropLate(exit: Exit): void {
    const { count, times, requests: answered } = exit.inbox;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const request = answered[k]!;
      if (this.requests.isLate(request)) {
        this.answerNobody(request, exit);
        this.requests.close(request);
        continue;
      }
      times[kept] = times[k]!;
      answered[kept] = request;
      kept++;
    }
    exit.inbox.count = kept;
  }

  /** Notes how each ended, and counts how long it took. */
  private conclude({ inbox, requestClass }: Exit): void {
    const { count, times, requests: answered } = inbox;
    const { requests, fingerprint, measuredFrom, column } = this;
    const meter = this.meters[requestClass]!;
    column.reserve(count);
    const latencies = column.values;
    let measured = 0;
    for (let k = 0; k < count; k++) {
      const request = answered[k]!;
      const time = times[k]!;
      const bornAt = requests.bornAt(request);
      fingerprint.addWords(
        FIRST_ATTEMPT | OK,
        requestClass,
        requests.key(request),
        lowerHalf(bornAt),
        upperHalf(bornAt),
        lowerHalf(time),
        upperHalf(time),
      );
      requests.close(request);
      if (bornAt >= measuredFrom) latencies[measured++] = time - bornAt;
      else meter.succeeded(time - bornAt, false);
    }
    meter.succeededAll(column, measured);
  }

  private answerNobody(request: number, exit: Exit): void {
    exit.late++;
    this.answeredLate++;
    if (!exit.wastes) return;
    const [{ meter, stage }] = exit.stations as readonly [Station];
    const { requests } = this;
    meter.wasted.add(requests.leftAt(request, stage) - requests.startedAt(request, stage));
  }
}

/** Where the number of the attempt stands in a fingerprint. */
const FIRST_ATTEMPT = 1 << 4;
