"""Serve the page: Solara inside, our own words around it, and every file from this computer."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from simulation.compiled import cache_folder
from simulation.parameters import Text

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

FOLDER = Path(__file__).parent
BROWSER_FILES = FOLDER / "browser"
"""What a browser needs of Solara: it is shipped, so that no content network is asked."""

SETTINGS = {
    "SOLARA_APP": "simulation.dashboard.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_CDN": "http://127.0.0.1:9/",
    "SOLARA_KERNEL_CULL_TIMEOUT": "30m",
    "SOLARA_KERNEL_MAX_PER_SESSION": "12",
}
"""How Solara is set; the address for missing files is one where nobody answers."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
    "base-uri 'self'; frame-ancestors 'none'; form-action 'none'"
)
"""What a browser may load: only what comes from here."""

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' "
    "rx='7' fill='%230072b2'/%3E%3Cpath d='M8 9c9 0 7 14 16 14M8 23c4 0 5-3 6-6' stroke='white' stroke-width='3.4' "
    "fill='none' stroke-linecap='round'/%3E%3C/svg%3E"
)

FRAME_WORDS: Mapping[str, Text] = {
    r"App is disconnected, and may not function properly\. Please refresh the page\.": Text(
        "Sambungan terputus. Muat ulang halaman ini.", "The connection is lost. Load this page again."
    ),
    r"Could not restore session\. Please refresh( the page)?\.": Text(
        "Sesi tidak dapat dipulihkan. Muat ulang halaman ini; tautannya memuat semua pilihan Anda.",
        "The session could not be restored. Load this page again; its address holds all your choices.",
    ),
    r"Server\s+disconnected\.": Text("Sambungan ke server terputus.", "The connection to the server is lost."),
    r"Restoring session…": Text("Memulihkan sesi …", "Restoring the session …"),
    r"Please refresh the page": Text("Muat ulang halaman", "Load the page again"),
    r"Refresh now": Text("Muat ulang", "Load again"),
    r"(?<=text @click=\"setCancelAutoRefresh\(\)\">)\s*Cancel": Text("Batal", "Cancel"),
    r"Loading resources": Text("Memuat halaman", "Loading the page"),
    r"Loading app": Text("Memuat halaman", "Loading the page"),
}
"""What Solara's own frame says in English, by pattern, and what is said in its place."""

NO_SCRIPT = Text(
    "Halaman ini membutuhkan JavaScript; nyalakan di peramban Anda.",
    "This page needs JavaScript; turn it on in your browser.",
)
MISSING = Text(
    "Alamat ini tidak ada. Mulailah dari halaman depan.", "There is no such address. Begin with the front page."
)
FRONT = Text("Ke halaman depan", "To the front page")


def make_app(hosts: tuple[str, ...]) -> Starlette:
    """Return the web application for callers of these names; the shop must be open when the first visitor comes."""
    os.environ.update(SETTINGS)
    os.environ.setdefault("SOLARA_HOME", str(cache_folder() / "solara"))
    os.environ["SOLARA_ASSETS_PROXY_CACHE_DIR"] = str(BROWSER_FILES)
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    import solara.server.starlette as inner
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.responses import HTMLResponse
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    class Shipped(inner.StaticCdn):
        """The files of Solara's browser side, from our folder and nowhere else."""

        lookup_path = StaticFiles.lookup_path

    async def page(request: Request) -> Response:
        answer = await inner.root(request, request.url.path)
        language = language_of(request)
        html = in_language(answer.body.decode(), language)
        named = {
            key: value for key, value in answer.headers.items() if key.lower() not in ("content-length", "set-cookie")
        }
        told = HTMLResponse(html, headers=named)
        told.raw_headers += [(key, value) for key, value in answer.raw_headers if key == b"set-cookie"]
        return told

    async def missing(request: Request) -> Response:
        return HTMLResponse(missing_page(language_of(request)), status_code=404)

    kept = ("/readyz", "/jupyter", "/_solara/api/close", "/static")
    served = [route for route in inner.routes if route.path.startswith(kept)]
    routes = [
        *(Route(path, page) for path in page_paths()), Mount("/_solara/cdn", Shipped(directory=BROWSER_FILES)), *served,
        Route("/{path:path}", missing),
    ]  # fmt: skip
    return Starlette(
        routes=routes, lifespan=inner.lifespan, middleware=[*inner.middleware, Middleware(Guarded, hosts=hosts)]
    )


class Guarded:
    """Turns away who comes by another name or from another page, and tells browsers what they may load.

    Parameters
    ----------
    hosts : the names by which the page may be called, all where empty. A page of another site that a visitor has open
        could otherwise talk to this one through the visitor's browser.
    """

    def __init__(self, app: Callable, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Pass a request on and its answer back."""
        if scope["type"] in ("http", "websocket") and not self._welcome(dict(scope["headers"])):
            await self._refuse(scope, send)
            return

        async def send_guarded(message: dict) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, send_guarded)

    def _welcome(self, headers: dict[bytes, bytes]) -> bool:
        host, origin = headers.get(b"host", b"").decode("latin-1"), headers.get(b"origin", b"").decode("latin-1")
        if self.hosts and urlsplit(f"//{host}").hostname not in self.hosts:
            return False
        return not origin or urlsplit(origin).netloc == host

    async def _refuse(self, scope: dict, send: Callable) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b""})


def page_paths() -> tuple[str, ...]:
    """Return the paths at which the page answers."""
    from simulation.dashboard.links import PAGES
    from simulation.dashboard.researcher import PATH

    return tuple(f"/{path}" for path in (*PAGES, PATH))


def language_of(request: Request) -> str:
    """Return the language that an address asks for, Indonesian where it asks for none."""
    return "en" if request.query_params.get("lang") == "en" else "id"


def in_language(html: str, language: str) -> str:
    """Return Solara's frame with its words in a language, zoomable, with our icon and looks."""
    html = html.replace("<html>", f'<html lang="{language}">', 1)
    html = re.sub(r'(<meta name="viewport" content=)"[^"]*"', r'\1"width=device-width, initial-scale=1"', html)
    html = re.sub(r'<link rel="icon"[^>]*>\s*', "", html)
    look = (FOLDER / "look.css").read_text(encoding="utf-8")
    html = html.replace("</head>", f'<link rel="icon" href="{ICON}"><style>{look}</style></head>', 1)
    html = re.sub(r"<title>[^<]*</title>", "<title>Salur</title>", html, count=1)
    for pattern, text in FRAME_WORDS.items():
        html = re.sub(pattern, lambda _, text=text: text.of(language), html)
    return html.replace('<div id="app"', f'<noscript><p>{NO_SCRIPT.of(language)}</p></noscript><div id="app"', 1)


def missing_page(language: str) -> str:
    """Return the page for an address that does not exist."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Salur</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        '<body style="font:18px system-ui,sans-serif;margin:3em auto;max-width:30em"><main><h1>Salur</h1>'
        f'<p>{MISSING.of(language)}</p><p><a href="/?lang={language}">{FRONT.of(language)}</a></p></main></body></html>'
    )
