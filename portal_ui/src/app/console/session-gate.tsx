/** Nobody passes without a session; whoever logs in comes out at the page they asked for. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { useSession } from "@/features/session/api/read-session";
import { LogInPage } from "@/features/session/components/log-in-page";
import { onSessionEnded } from "@/features/session/model/ending";
import { keys } from "@/lib/query";

export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, isPending, refetch } = useSession();
  const queries = useQueryClient();
  useEffect(() => onSessionEnded(() => queries.setQueryData(keys.session, null)), [queries]);
  if (isPending) return <Waiting lines={0} className="p-8" />;
  if (data) return children;
  if (data === null) return <LoggedOut />;
  return (
    <main className="mx-auto max-w-xl p-8">
      <FailedRead what="your session" error={error} onRetry={() => refetch()} />
    </main>
  );
}

/** However the session ended, nothing that was read in it stays. */
function LoggedOut() {
  const queries = useQueryClient();
  useEffect(() => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
  }, [queries]);
  return <LogInPage />;
}
