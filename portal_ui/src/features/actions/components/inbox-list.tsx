/** The inbox's left side: what waits, in groups. New rows that would push others about wait while someone points. */
import { type PointerEvent, useEffect, useRef, useState } from "react";
import type { ActionSummary } from "@/client";
import { Button } from "@/components/ui/button";
import { announce } from "@/lib/announce";
import { plural } from "@/lib/format";
import { holdRows } from "../model/held-rows";
import { idOf } from "../model/identity";
import { groupInbox } from "../model/inbox";
import { InboxRow } from "./inbox-row";

/** A pointer that has not moved for so long is not about to click. */
const AT_REST_MS = 4_000;

interface InboxListProps {
  actions: ActionSummary[];
  selected: string | undefined;
  now: number;
}

export function InboxList({ actions, selected, now }: InboxListProps) {
  // What was there when the pointer came; undefined while it is elsewhere or at rest.
  const [known, setKnown] = useState<ReadonlySet<string>>();
  const { shown, held } = holdRows(actions, idOf, known);
  const knowAll = () => setKnown(new Set(actions.map(idOf)));
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pointed = ({ pointerType }: PointerEvent) => {
    if (pointerType !== "mouse") return;
    if (!known) knowAll();
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setKnown(undefined), AT_REST_MS);
  };

  useEffect(() => {
    if (held.length > 0) announce(`${plural(held.length, "new draft")} to show`);
  }, [held.length]);

  return (
    <div data-rows onPointerMove={pointed} onPointerLeave={() => setKnown(undefined)}>
      {held.length > 0 && (
        <div className="sticky top-0 z-10 border-b border-line bg-canvas p-2">
          <Button className="w-full" onClick={knowAll}>
            {held.length} new, show
          </Button>
        </div>
      )}
      {groupInbox(shown, now).map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h2 className="flex justify-between border-b border-line px-4 pt-4 pb-1.5 text-caption font-medium text-muted tabular">
            {group.name}
            <span>{group.actions.length}</span>
          </h2>
          <ul>
            {group.actions.map((action) => (
              <InboxRow key={idOf(action)} action={action} selected={idOf(action) === selected} now={now} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
