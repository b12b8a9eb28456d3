"""`python -m deploy.simulator --port 8500 --state .thread/hubspot.json` runs the stand-in HubSpot."""

import argparse
from pathlib import Path

import uvicorn

from deploy.simulator.hubspot import create_app


def main() -> None:
    """Serve on loopback until a signal comes."""
    parser = argparse.ArgumentParser(prog="deploy.simulator", description="A stand-in HubSpot.")
    parser.add_argument("--port", type=int, default=8500)
    parser.add_argument("--state", type=Path, default=Path(".thread/hubspot.json"))
    options = parser.parse_args()
    app = create_app(options.state)
    uvicorn.run(app, host="127.0.0.1", port=options.port, log_level="info", timeout_graceful_shutdown=2)


if __name__ == "__main__":
    main()
