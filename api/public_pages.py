"""The pages of people who come by a link: the same document for everybody, whatever the address says.

Looking at one changes nothing, as every mail scanner does it; what a link stands for is sent by a click.
"""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response

from api.console import DIST, NOT_BUILT

CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ]
)
LOOK = ["GET", "HEAD"]


def install(app: FastAPI, dist: Path = DIST) -> None:
    """Add the pages to the application, before the console's, which takes every address that is left."""

    @app.api_route("/h", methods=LOOK, include_in_schema=False)
    async def handoff_document() -> Response:
        """The page of account executives."""
        return _page(dist / "handoff.html")

    @app.api_route("/p", methods=LOOK, include_in_schema=False)
    @app.api_route("/p/{contact_id}", methods=LOOK, include_in_schema=False)
    @app.api_route("/p/forms/{key}", methods=LOOK, include_in_schema=False)
    async def portal_document() -> Response:
        """The page of customers."""
        return _page(dist / "portal.html")


def _page(page: Path) -> Response:
    if not page.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(page, headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})
