import { preset } from "./preset.ts";

export const apache = preset({
  kind: "apache 2.4",
  part: "service",
  summary: "Apache httpd with the event or worker processes of its compiled defaults.",
  source: "Apache httpd 2.4: docs/manual/mod/mpm_common.html (MaxRequestWorkers, ListenBacklog)",
  notes:
    "16 processes of 25 threads, and 511 connections the system holds for it. Blocked threads stay taken while a call waits for others: the service's own rule.",
  settings: { slots: 400, queue: { limit: 511 } },
});
