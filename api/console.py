"""Serves the built console: one page for every address that is not the API's, and its files."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response

from api.problems import not_found

DIST = Path(__file__).parent.parent / "portal_ui" / "dist"
# Files of a build have a hash in their name. A worker among them lives by the policy it is served with.
_CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ]
)
NOT_BUILT = "The user interface is not built yet. Run `make run`, or `npm run build` in portal_ui/.\n"
_NOT_PAGES = ("api/", "handoff-api/", "portal-api/", "webhooks/", "assets/", "h/", "p/")


def install(app: FastAPI, dist: Path = DIST) -> None:
    """Add the console to the application, after every other route."""

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def console(path: str) -> Response:
        """A file of the build, else the console's page, which finds its way by the address."""
        file = _file(dist, path)
        if file is not None:
            cache = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Content-Security-Policy": _CSP, "Cache-Control": cache})
        if f"{path}/".startswith(_NOT_PAGES):
            raise not_found()
        page = dist / "console.html"
        if not page.is_file():
            return PlainTextResponse(NOT_BUILT, status_code=503)
        return FileResponse(page, headers={"Content-Security-Policy": _CSP, "Cache-Control": "no-store"})


def _file(dist: Path, path: str) -> Path | None:
    """The file of the build at that path; nothing outside of the build, whatever the path says."""
    if "\x00" in path or path.endswith(".html"):
        return None
    file = (dist / path).resolve()
    return file if file.is_file() and file.is_relative_to(dist.resolve()) else None
