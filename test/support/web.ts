/** A web tier whose life and death can be worked out: ten seconds of work, fifteen until a new machine serves. */

/** One slot of ten seconds' work an instance; machines take 5 s to come and 10 s to start. */
export const web = (fleet: object = {}, more: object = {}) => ({
  web: {
    kind: "service",
    slots: 1,
    work: "10 s",
    "health-check": "none",
    fleet: { provisioning: "5 s", "start-up": "10 s", "drain-timeout": "4 s", ...fleet },
    ...more,
  },
});

/** One instance in each of three zones. */
export const threeZones = { instances: 3, zones: ["a", "b", "c"] };
