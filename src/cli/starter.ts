/** The scenario `loadstar init` writes: small enough to read whole, complete enough to run. */

/** The text, with the line that tells editors where the JSON Schema is. */
export function starter(schemaFile: string): string {
  return `# yaml-language-server: $schema=./${schemaFile}
# A first scenario: shoppers, a load balancer, a web tier, a database.
# Change a number, run it again and compare. Every quantity carries its unit.
# "loadstar explain KIND" tells about any word after "kind:".

title: A web shop in its busiest ten minutes
seed: "1"                                  # same seed, same luck, same bytes
run: { duration: 10 min, warm-up: 1 min, replications: 4 }

workloads:
  shoppers:
    to: edge
    arrivals:                              # the evening rises to its peak and falls again
      rate: { kind: profile, points: [[0 min, 60 rps], [4 min, 150 rps], [10 min, 80 rps]] }
    mix:
      browse: { share: 90 % }
      checkout: { share: 10 % }
    client: { timeout: 2 s, retry: { attempts: 2, backoff: { kind: full-jitter, base: 100 ms, cap: 1 s } } }

parts:
  edge:
    kind: load-balancer
    balancer: { kind: round-robin }        # try least-connections: a dead instance looks idle
    health-check: { interval: 2 s, fall: 3 }
    tries: 2                               # what a dead instance refuses, another may answer
    to: web
  web:
    kind: service
    fleet: { type: c7g.xlarge, instances: 4, zones: [a, b] }
    slots: 4                               # requests one instance works on at once
    queue: { limit: 64 }                   # a longer queue is dropped at the door
    operations:
      browse: [{ work: { kind: gamma, mean: 60 ms, cv: 0.8 } }]
      checkout: [{ work: 80 ms }, { call: orders.write }]
  orders:
    kind: database
    fleet: { type: db.r6g.xlarge, instances: 1 }
    slots: 16
    write: { kind: lognormal, mean: 12 ms, cv: 1 }

faults:
  - { at: 6 min, kind: crash, of: web, repair: 2 min }   # one instance dies near the peak

objectives:
  - { availability: 99.5 % }
  - { latency: p99, of: checkout, below: 500 ms }
`;
}
