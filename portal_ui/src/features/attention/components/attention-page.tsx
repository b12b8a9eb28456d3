/** Deals that wait for a person before they can become accounts. */
import { FailedRead } from "@/components/thread/failed-read";
import { Nothing } from "@/components/thread/nothing";
import { PageHeader } from "@/components/thread/page-header";
import { Waiting } from "@/components/thread/waiting";
import { plural } from "@/lib/format";
import { useTitle } from "@/lib/use-title";
import { useAttention } from "../api/list-attention";
import { AttentionRow } from "./attention-row";

export function AttentionPage() {
  useTitle("Attention");
  const { data, error, isPending, refetch } = useAttention();
  const items = data?.items ?? [];
  return (
    <div className="min-h-full">
      <PageHeader
        title="Attention"
        summary={
          data && items.length > 0 ? `${plural(items.length, "deal")} could not become an account` : undefined
        }
      />
      <div className="px-4 pb-10 md:px-8">
        {isPending && <Waiting lines={3} className="max-w-3xl" />}
        {error && !data && <FailedRead what="this list" error={error} onRetry={() => refetch()} />}
        {data && items.length === 0 && (
          <Nothing title="Every closed deal became an account">
            A deal that is missing something, such as a contact, waits here with the reason.
          </Nothing>
        )}
        {items.length > 0 && (
          <ul className="max-w-3xl border-t border-line">
            {items.map((item) => (
              <AttentionRow key={item.id} item={item} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
