/** The inbox when all is done: what comes next, and where to look meanwhile. */
import { Link } from "@tanstack/react-router";
import { Nothing } from "@/components/thread/nothing";

const LINK = "text-indigo-text underline";

export function NothingToReview({ mine, className }: { mine: boolean; className?: string }) {
  return (
    <div className={className}>
      <Nothing title="Nothing to review">
        {mine ? (
          <>
            None of your accounts has a draft waiting.{" "}
            <Link to="/inbox" className={LINK}>
              Show everyone's
            </Link>
          </>
        ) : (
          <>
            The next draft appears here by itself when it is due.{" "}
            <Link to="/accounts" className={LINK}>
              See the accounts
            </Link>
          </>
        )}
      </Nothing>
    </div>
  );
}
