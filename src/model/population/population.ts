/**
 * Who asks, and when: the three shapes of demand.
 *
 *     open      arrivals ---------------> request                       nobody waits for anybody
 *     closed    users ----> think -> request -> answer -> think -> …    as many as there are users
 *     sessions  arrivals or users -> step -> answer -> think -> step … -> leaves
 *
 * A turnout brings users to the shop; a visit is what each of them does there.
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import type { Outcome } from "../outcomes.ts";

/**
 * A user who was answered in no time at all looks at the answer for this long at least [ns]: without
 * any thinking, users of a part that refuses everything would ask for ever at one instant.
 */
export const SHORTEST_ROUND = MILLISECOND;

/** How a population asks: the workload it belongs to. */
export interface Asker {
  /**
   * A request is born and sent, by position of its class in the workload; for a user, or NONE. What is
   * not said of the item it is about, the keys of its class decide.
   */
  ask(requestClass: number, user: number, key?: number, work?: number): void;
  /** A class, drawn by the shares of the mix. */
  drawClass(): number;
}

/** Brings users. They are small whole numbers; one that has left may come back as somebody else. */
export interface Turnout {
  open(): void;
  /** A user has finished a visit. */
  left(user: number): void;
}

/** What a user does from coming to leaving: one request, or a journey of several. */
export interface Visit {
  begin(user: number): void;
  /** The user's request has ended, retries included. */
  answered(user: number, outcome: Outcome, latency: Duration): void;
}
