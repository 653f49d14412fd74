/**
 * Exemplars as OpenTelemetry spans, in the JSON that collectors take: a trace for each request, a
 * resource for each part. Ids are made from the run's id, so the same run has the same ids.
 *
 * Source: opentelemetry-proto 1.x, trace.proto, with the JSON encoding of the OTLP specification.
 */
import { createHash } from "node:crypto";
import type { ExemplarResult, Result } from "../../experiment/result.ts";
import { sinceEpoch } from "../clock.ts";
import { headingOf, type Span } from "./waterfall.ts";

/** Of the enumerations of trace.proto. */
const SPAN_KIND_SERVER = 2;
const STATUS_OK = 1;
const STATUS_ERROR = 2;

export function otlp(result: Result): string {
  const { exemplars, engine } = result;
  const spans = exemplars.flatMap((exemplar, at) => spansOf(result, exemplar, at));
  const parts = [...new Set(spans.map(({ part }) => part))];
  const document = {
    resourceSpans: parts.map((part) => ({
      resource: { attributes: [attribute("service.name", part)] },
      scopeSpans: [
        {
          scope: { name: "loadstar", version: engine },
          spans: spans.filter((each) => each.part === part).map(({ span }) => span),
        },
      ],
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function spansOf(result: Result, exemplar: ExemplarResult, at: number) {
  const traceId = id(`${result.runId} ${at}`, 32);
  const spanId = (position: number) => id(`${result.runId} ${at} ${position}`, 16);
  const request = result.scenario;
  const root = {
    part: request,
    span: {
      traceId,
      spanId: spanId(-1),
      name: headingOf(exemplar),
      kind: SPAN_KIND_SERVER,
      ...times(result, exemplar.bornAt, exemplar.endedAt),
      attributes: [
        attribute("loadstar.class", exemplar.requestClass),
        ...(exemplar.key === null ? [] : [attribute("loadstar.key", String(exemplar.key))]),
      ],
      status: statusOf(exemplar.outcome),
    },
  };
  const called = exemplar.spans.map((span, position) => ({
    part: span.part,
    span: {
      traceId,
      spanId: spanId(position),
      parentSpanId: spanId(span.parent ?? -1),
      name: span.part,
      kind: SPAN_KIND_SERVER,
      ...times(result, span.from, span.to ?? Math.max(exemplar.endedAt, span.from)),
      attributes: attributesOf(span),
      status: statusOf(span.outcome),
    },
  }));
  return [root, ...called];
}

function attributesOf({ instance, attempt, from, startedAt }: Span) {
  return [
    ...(instance === null ? [] : [attribute("service.instance.id", instance)]),
    attribute("loadstar.attempt", String(attempt)),
    ...(startedAt === null
      ? []
      : [attribute("loadstar.waited_ns", String(nanoseconds(startedAt - from)))]),
  ];
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

function statusOf(outcome: string | null) {
  if (outcome === "ok") return { code: STATUS_OK };
  return { code: STATUS_ERROR, message: outcome ?? "under way" };
}

/** On the clock of the scenario; without one, from 1970 on. */
function times({ run }: Result, from: number, to: number) {
  const since = BigInt(sinceEpoch(run.clock)) * 1_000_000_000n;
  const at = (seconds: number) => String(since + BigInt(nanoseconds(seconds)));
  return { startTimeUnixNano: at(from), endTimeUnixNano: at(to) };
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9);
}

function id(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
