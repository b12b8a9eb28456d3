"""Prints the API's OpenAPI document, from which the console's client is generated. Needs no database."""

import json
import sys

from api.app import create_app
from settings import Settings


def document() -> str:
    """The document as stable JSON."""
    return json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
