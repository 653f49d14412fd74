/** Child processes that answer one question at a time. */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Role } from "./child.ts";

export class Child {
  private readonly process: ChildProcess;

  constructor(role: Role, flags: readonly string[] = []) {
    const file = fileURLToPath(new URL("./child.js", import.meta.url));
    this.process = fork(file, [JSON.stringify(role)], { execArgv: [...flags] });
  }

  /** Asks and waits for the answer; rejected when the process dies of it. */
  ask<Answer>(question: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const died = () => reject(new Error("a measuring process died; what it said is above"));
      if (!this.process.connected) return died();
      this.process.once("exit", died);
      this.process.once("message", (answer) => {
        this.process.off("exit", died);
        resolve(answer as Answer);
      });
      this.process.send(question);
    });
  }

  /** Lets the process end. */
  dismiss(): void {
    this.process.disconnect();
  }
}
