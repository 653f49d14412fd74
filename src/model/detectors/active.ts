/**
 * Active health check: probes each instance at an interval and counts what happens in a row.
 *
 * A live instance accepts a connection however busy it is; a crashed one refuses it at once, a silent
 * one lets it time out. So a crash is noticed after (fall - 1) to fall intervals, a silent death one
 * timeout later. A probe that is a request waits in the queue like any other call, and so an
 * instance that is only overloaded can be taken for dead.
 */
import { choice, count, duration, text } from "../../schema/fields.ts";
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import type { Agenda } from "../agenda.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { OK, outcomes, type Outcome } from "../outcomes.ts";
import type { Probes } from "../probes.ts";
import { detector, type Detector, type DetectorContext } from "./detector.ts";
import { firstAfter } from "./spread.ts";

interface Settings {
  /** Between the starts of two probes of one instance [ns]. */
  readonly interval: Duration;
  /** The same while the last probes contradict what is believed, and while it is down [ns]. */
  readonly "fast-interval"?: Duration | undefined;
  readonly "down-interval"?: Duration | undefined;
  readonly timeout: Duration;
  /** Failures in a row that mark an instance down, successes in a row that mark it up [probes]. */
  readonly fall: number;
  readonly rise: number;
  readonly newcomers: "up" | "checked";
  readonly probe: "connection" | "request";
  /** What a request asks for; the part's usual operation unless given. */
  readonly operation?: string | undefined;
}

export const active = detector({
  kind: "active",
  usual: true,
  summary:
    "Probes each instance at an interval; marks it down and up after so many results in a row.",
  source:
    "HAProxy configuration manual, server options check, inter, fall, rise; option httpchk for requests",
  notes:
    "A probe that is a request passes the part's guards, waits in the queue of the instance, takes a slot and does the work of its operation; it counts among the part's calls and among nobody's requests. One that is given up stays where it is, as any call does.",
  oblivious: true,
  options: {
    interval: duration("Time between the starts of two probes of one instance.", {
      min: MILLISECOND,
    }).prefault("2 s"),
    "fast-interval": duration(
      "The same while a probe has contradicted what is believed: HAProxy's fastinter; the interval unless given.",
      { min: MILLISECOND },
    ).optional(),
    "down-interval": duration(
      "The same while the instance is down: HAProxy's downinter; the interval unless given.",
      { min: MILLISECOND },
    ).optional(),
    timeout: duration("How long a probe waits for the connection, or for the answer.").prefault(
      "1 s",
    ),
    fall: count("Failed probes in a row that mark an instance down.", { min: 1 }).default(3),
    rise: count("Good probes in a row that mark it up again.", { min: 1 }).default(2),
    newcomers: choice(
      "What an instance that joins during the run counts as: up, or down until the first good probe.",
      ["up", "checked"],
    ).default("up"),
    probe: choice(
      "What a probe is: a connection, which a live instance accepts however busy it is, or a call that it must answer, and without an error.",
      ["connection", "request"],
    ).default("connection"),
    operation: text(
      "The operation that probes which are requests ask for; the part's usual one unless given.",
    ).optional(),
  },
  check: ({ probe, operation }) =>
    probe === "connection" && operation !== undefined
      ? [
          {
            path: ["operation"],
            message: "a connection asks for nothing; expected `probe: request`",
          },
        ]
      : [],
  create: (settings, context) => new ActiveCheck(settings, context),
});

class ActiveCheck implements Detector {
  private readonly settings: Settings;
  private readonly context: DetectorContext;
  private readonly agenda: Agenda;
  private readonly watched = new Map<Instance, Patient>();
  /** What sends probes that are requests; null where they are connections. */
  private readonly probes: Probes | null;

  constructor(settings: Settings, context: DetectorContext) {
    this.settings = settings;
    this.context = context;
    this.agenda = context.agenda;
    this.probes =
      settings.probe === "connection"
        ? null
        : context.probes(settings, (instance, outcome, sentAt) =>
            this.ended(instance, outcome, sentAt),
          );
  }

  watch(instance: Instance, report: (up: boolean, reason: string) => void): void {
    const isNew = this.settings.newcomers === "checked" && this.agenda.now > 0;
    const since = this.agenda.now;
    const patient = { report, since, up: !isNew, isNew, streak: 0, round: 0 };
    this.watched.set(instance, patient);
    if (isNew) report(false, "new, and not probed yet");
    this.probeAfter(firstAfter(instance.id, this.settings.interval), instance, patient);
  }

  forget(instance: Instance): void {
    this.watched.delete(instance);
  }

  doubt(instance: Instance, sure: boolean): void {
    const patient = this.watched.get(instance);
    if (!patient?.up) return;
    if (sure) patient.streak = this.settings.fall - 1;
    this.judge(instance, patient, false, "calls failed");
    this.probeAfter(this.pace(patient), instance, patient);
  }

  /** Another probe planned before is planned no more. */
  private probeAfter(delay: Duration, instance: Instance, patient: Patient): void {
    const round = ++patient.round;
    this.agenda.after(delay, () => {
      if (this.watched.get(instance) === patient && patient.round === round)
        this.probe(instance, patient);
    });
  }

  /** Until the next probe, as things stand [ns]. */
  private pace({ up, streak }: Patient): Duration {
    const { interval } = this.settings;
    if (streak > 0) return this.settings["fast-interval"] ?? interval;
    return up ? interval : (this.settings["down-interval"] ?? interval);
  }

  private probe(instance: Instance, patient: Patient): void {
    if (this.context.isCut(instance)) this.hearNothing(instance, patient);
    else if (this.probes === null) this.connect(instance, patient);
    else this.probes.send(instance);
    this.probeAfter(this.pace(patient), instance, patient);
  }

  private connect(instance: Instance, patient: Patient): void {
    if (instance.serving) this.judge(instance, patient, true, "connected");
    else if (!instance.silent) this.judge(instance, patient, false, "refused");
    else this.hearNothing(instance, patient);
  }

  private hearNothing(instance: Instance, patient: Patient): void {
    const { timeout } = this.settings;
    const finding = `no answer in ${seconds(timeout)}`;
    this.agenda.after(timeout, () => this.judge(instance, patient, false, finding));
  }

  /** A probe that is a request is over. */
  private ended(instance: Instance, outcome: Outcome, sentAt: Duration): void {
    const patient = this.watched.get(instance);
    if (patient === undefined || sentAt < patient.since) return;
    const good = outcome === OK;
    this.judge(instance, patient, good, good ? "answered" : outcomes[outcome]);
  }

  private judge(instance: Instance, patient: Patient, good: boolean, finding: string): void {
    if (this.watched.get(instance) !== patient) return;
    patient.streak = good === patient.up ? 0 : patient.streak + 1;
    const needed = this.neededFor(patient);
    if (patient.streak < needed) return;
    patient.up = good;
    patient.isNew = false;
    patient.streak = 0;
    patient.report(good, `${needed} probes in a row: ${finding}`);
  }

  /** Results in a row that change what is believed of an instance [probes]. */
  private neededFor({ up, isNew }: Patient): number {
    if (up) return this.settings.fall;
    return isNew ? 1 : this.settings.rise;
  }
}

/** What is known of one instance. */
interface Patient {
  readonly report: (up: boolean, reason: string) => void;
  /** When it began to be watched [ns]. */
  readonly since: Duration;
  up: boolean;
  /** It has joined and not been probed with success yet. */
  isNew: boolean;
  /** Results in a row that contradict `up` [probes]. */
  streak: number;
  /** Counts the probes planned, so that one can be planned anew. */
  round: number;
}
