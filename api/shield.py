"""What every request has to be, and what every answer says to the browser, whichever route it is for.

The outermost layer: even an answer to a crash passes through here.
"""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ApiError

MAX_BODY = 2**20
API_CSP = "default-src 'none'; frame-ancestors 'none'"
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": API_CSP,
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PROBES = frozenset({"/health", "/ready"})  # called by address, and they tell nothing of a tenant


class Shield:
    """Checks host, size, origin and content type; adds the security headers a route has not set itself."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        public = urlsplit(public_url)
        self._origin = f"{public.scheme}://{public.netloc}"
        self._hosts = {public.hostname, "127.0.0.1"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(Request(scope))
        app = refused.response() if refused else self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> ApiError | None:
        path = request.scope["path"]
        if path not in _PROBES and _host_name(request) not in self._hosts:
            return ApiError(400, "unknown_host", "This server does not answer to that name.")
        if _declared_size(request) > MAX_BODY:
            return ApiError(413, "too_large", "The request is too large.")
        # Vendors are no browsers: what they send is verified by its signature.
        if request.method in _SAFE or path.startswith("/webhooks/"):
            return None
        if not self._is_same_origin(request):
            return ApiError(403, "cross_site", "This request came from another site.")
        if _has_body(request) and _media_type(request) != "application/json":
            return ApiError(415, "not_json", "Send application/json.")
        return None

    def _is_same_origin(self, request: Request) -> bool:
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = request.headers.get("origin")
        return origin in (self._origin, f"{request.scope['scheme']}://{request.headers.get('host')}")


def _host_name(request: Request) -> str | None:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:  # an unfinished IPv6 address
        return None


def _declared_size(request: Request) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared[:20]) if declared.isascii() and declared.isdigit() else 0


def _has_body(request: Request) -> bool:
    return _declared_size(request) > 0 or "transfer-encoding" in request.headers


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
