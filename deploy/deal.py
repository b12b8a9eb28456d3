"""`make deal`: close a deal in the running stand-in HubSpot, and say what happened and where to look."""

import argparse
import sys
from pathlib import Path
from typing import Any

import urllib3

from deploy.local_checks import running_here

_TIMEOUT = urllib3.Timeout(connect=3, read=60)


def main() -> int:
    """Close the next deal; the exit code says whether Thread took the event as it should."""
    options = _options()
    running = running_here(options.home)
    if running is None:
        sys.stderr.write("Thread is not running here: start it with `make run` in another terminal.\n")
        return 1
    ports = running["ports"]
    which = options.deal or "close-next"
    path = f"deals/{options.deal}/close" if options.deal else "deals/close-next"
    url = f"http://127.0.0.1:{ports['hubspot_port']}/_control/{path}"
    try:
        answer = urllib3.PoolManager(retries=False).request("POST", url, json=_closing(options), timeout=_TIMEOUT)
    except urllib3.exceptions.HTTPError as error:
        sys.stderr.write(f"The HubSpot stand-in does not answer: {type(error).__name__}\n")
        return 1
    if answer.status != 200:
        sys.stderr.write(f"The HubSpot stand-in answered {answer.status} for {which}: {answer.data.decode()[:200]}\n")
        return 1
    closed = answer.json()
    sys.stdout.write(report(closed, ports))
    return 0 if closed["delivery"]["status"] == "delivered" else 1


def report(closed: dict[str, Any], ports: dict[str, int]) -> str:
    """What happened, in a few lines."""
    deal, delivery = closed["deal"]["properties"], closed["delivery"]
    people = ", ".join(closed["people"]) or "nobody: Thread will ask for attention"
    answers = ", ".join(sorted({one if one.startswith("no ") else one[:3] for one in delivery["answers"]}))
    later = " (HubSpot will try again)" if delivery["status"] == "pending" else ""
    return f"""Closed in the stand-in HubSpot (demo data):
  {deal["dealname"]} for {deal["deal_currency_code"]} {deal["amount"]}, deal {closed["deal"]["id"]}
  with {people}
Its signed webhook: {delivery["attempts"]} sent, Thread answered {answers}{later}
Look: http://localhost:{ports["api_port"]} (log in as a CSM), then the mail in http://localhost:{ports["mailbox_port"]}
"""


def _closing(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "copies": options.copies,
        "age_seconds": options.age_seconds,
        "wrong_secret": options.wrong_secret,
        "bad_event": options.bad_event,
        "new_spelling": options.new_spelling,
        "custom_pipeline": options.custom_pipeline,
        "without_contact": options.without_contact,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy.deal", description="Close a deal in the stand-in HubSpot.")
    parser.add_argument("--home", type=Path, default=Path(".thread"), help="folder of the running stack's state")
    parser.add_argument("--deal", default="", help="close this deal (again) instead of the next one")
    parser.add_argument("--copies", type=int, default=1, help="deliver the event this often, in parallel")
    parser.add_argument("--age-seconds", type=int, default=0, help="stamp the delivery as this old")
    for switch, meaning in (
        ("--wrong-secret", "sign with a wrong secret"),
        ("--bad-event", "add a malformed event to the batch"),
        ("--new-spelling", "say object.propertyChange instead of deal.propertyChange"),
        ("--custom-pipeline", "win it in the pipeline with numbered stages"),
        ("--without-contact", "a deal without anybody to write to"),
    ):
        parser.add_argument(switch, action="store_true", help=meaning)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
