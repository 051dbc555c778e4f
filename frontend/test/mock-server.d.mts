export function startMock(port?: number): Promise<{
  port: number;
  boxes: Map<string, { view: unknown; ballots: Map<string, unknown>; fail: string[] }>;
  opinions: string[][];
  close(): void;
}>;
