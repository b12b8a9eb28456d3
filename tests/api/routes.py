"""Every route of the application, wherever it was included from."""

from fastapi.routing import APIRoute, iter_route_contexts

from api.app import Api


def routes_of(app: Api) -> list[APIRoute]:
    """All routes; a kind that these tests know nothing of fails them."""
    found = [context.original_route for context in iter_route_contexts(app.routes)]
    routes = [route for route in found if isinstance(route, APIRoute)]
    assert len(routes) == len(found), "a mount or websocket needs a permission test of its own"
    assert len(routes) > 15
    return routes
