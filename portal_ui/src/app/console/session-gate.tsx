/** Nobody passes without a session; whoever logs in comes out at the page they asked for. */
import type { ReactNode } from "react";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { useSession } from "@/features/session/api/read-session";
import { LogInPage } from "@/features/session/components/log-in-page";

export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, isPending, refetch } = useSession();
  if (isPending) return <Waiting lines={0} className="p-8" />;
  if (data) return children;
  if (data === null) return <LogInPage />;
  return (
    <main className="mx-auto max-w-xl p-8">
      <FailedRead what="your session" error={error} onRetry={() => refetch()} />
    </main>
  );
}
