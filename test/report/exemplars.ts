/** Requests as a run would have followed them. */
import type { Result } from "../../src/experiment/result.ts";

/** A request that waited at web for its slot and for stock twice, and one that was given up. */
export function exemplarSketch(requestClass: string): Result["exemplars"] {
  const ok = { attempt: 1, outcome: "ok" };
  return [
    {
      of: "p99",
      wanted: 0.73,
      requestClass,
      key: 17,
      bornAt: 1300,
      endedAt: 1300.75,
      outcome: "ok",
      spans: [
        {
          ...ok,
          part: "edge",
          instance: null,
          parent: null,
          from: 1300,
          startedAt: null,
          to: 1300.75,
        },
        {
          ...ok,
          part: "web",
          instance: "web-3",
          parent: 0,
          from: 1300,
          startedAt: 1300.5,
          to: 1300.75,
        },
        {
          ...ok,
          part: "stock",
          instance: "stock-1",
          parent: 1,
          from: 1300.5,
          startedAt: 1300.625,
          to: 1300.6875,
        },
      ],
    },
    {
      of: "failed",
      wanted: null,
      requestClass,
      key: null,
      bornAt: 1302,
      endedAt: 1305,
      outcome: "timed-out",
      spans: [
        {
          part: "web",
          instance: "web-1",
          parent: null,
          attempt: 1,
          from: 1302,
          startedAt: null,
          to: 1305,
          outcome: "timed-out",
        },
      ],
    },
  ];
}
