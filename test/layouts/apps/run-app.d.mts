/** One of the applications here, running. */
export interface RunningApp {
  login(user: string): Promise<{ readonly cookie: string; readonly user: string }>;
  visit(cookie: string): Promise<number>;
  stop(): Promise<void>;
}
export function runApp(name: string, socket: string): Promise<RunningApp>;
