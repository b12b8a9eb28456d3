/** The inbox's name, its count, and whose drafts it shows. */
import { useNavigate } from "@tanstack/react-router";
import { Select } from "@/components/ui/select";

export function InboxHeader({ mine, count }: { mine: boolean; count: number | undefined }) {
  const navigate = useNavigate();
  return (
    <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-3">
      <h1 className="text-title font-semibold">
        Inbox
        {count !== undefined && count > 0 && (
          <span className="ms-2 font-medium text-muted tabular">{count}</span>
        )}
      </h1>
      <Select
        label="Whose drafts"
        value={mine ? "mine" : "all"}
        onChange={(event) =>
          void navigate({ to: "/inbox", search: event.target.value === "mine" ? { mine: true } : {} })
        }
      >
        <option value="all">Everyone's</option>
        <option value="mine">My accounts</option>
      </Select>
    </header>
  );
}
