/** Pages that are no page: an address nobody knows, and a screen that broke. */
import { Link } from "@tanstack/react-router";
import { Nothing } from "@/components/thread/nothing";
import { Button, buttonClasses } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useTitle } from "@/lib/use-title";

export function NotFound() {
  useTitle("Not found");
  return (
    <Nothing title="There is nothing at this address">
      <p className="mb-5">It may have moved, or you may not be allowed to see it.</p>
      <Link to="/inbox" className={buttonClasses()}>
        Go to the inbox
      </Link>
    </Nothing>
  );
}

export function Crashed({ error }: { error: unknown }) {
  return (
    <main className="mx-auto max-w-xl p-8">
      <Notice
        tone="madder"
        role="alert"
        title="This screen could not be shown"
        actions={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        <p>Nothing was changed, and what you typed is kept in this browser.</p>
        <p className="mt-2 font-mono text-caption wrap-anywhere">{String(error)}</p>
      </Notice>
    </main>
  );
}
