/** One deal: why it waits, since when, and the way to try again. */
import { useState } from "react";
import type { AttentionItem } from "@/client";
import { Knot } from "@/components/thread/knot";
import { Button } from "@/components/ui/button";
import { RetryIcon } from "@/components/ui/icons";
import { announce } from "@/lib/announce";
import { ago, moment, plural } from "@/lib/format";
import { asProblem } from "@/lib/problem";
import { useNow } from "@/lib/use-now";
import { useRetryAttention } from "../api/retry-attention";

const PROVIDERS: Record<string, string> = { hubspot: "HubSpot" };

export function AttentionRow({ item }: { item: AttentionItem }) {
  const retry = useRetryAttention();
  const now = useNow(30_000);
  const [askedAt, setAskedAt] = useState<number>();
  // Asked, and the server has not counted another attempt yet.
  const trying = retry.isPending || askedAt === item.attempts;
  const provider = PROVIDERS[item.provider] ?? item.provider;

  const ask = () =>
    retry.mutate(item.id, {
      onSuccess: () => {
        setAskedAt(item.attempts);
        announce(`Trying ${provider} deal ${item.object_id} again`);
      },
    });

  return (
    <li className="flex flex-col gap-3 border-b border-line py-4 sm:flex-row sm:items-start sm:gap-4">
      <div className="flex min-w-0 flex-1 gap-3">
        <div className="mt-0.5">
          <Knot kind={trying ? "working" : "blocked"} />
        </div>
        <div className="min-w-0">
          <p className="max-w-prose font-medium text-pretty">{item.reason}</p>
          <p className="mt-1 text-small text-muted tabular">
            {provider} deal {item.object_id}, received {moment(item.received_at, now)} (
            {ago(item.received_at, now)}), tried {plural(item.attempts, "time")}
          </p>
          {retry.error && (
            <p role="alert" className="mt-1 text-small text-madder-text">
              {asProblem(retry.error).message}
            </p>
          )}
        </div>
      </div>
      <Button onClick={ask} disabled={trying} className="self-start">
        <RetryIcon size={16} strokeWidth={1.75} aria-hidden="true" />
        {trying ? "Trying again" : "Retry"}
      </Button>
    </li>
  );
}
