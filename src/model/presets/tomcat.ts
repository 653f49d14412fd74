import { preset } from "./preset.ts";

export const tomcat = preset({
  kind: "tomcat 11",
  part: "service",
  summary: "Tomcat with the HTTP connector as it comes.",
  source:
    "Tomcat 11: configuration reference, The HTTP Connector (maxThreads, maxConnections, acceptCount)",
  notes:
    "200 threads work; of 8192 connections the others wait, and 100 more are held by the system.",
  settings: { slots: 200, queue: { limit: 8092 } },
});
