"""``salur dashboard``: warm the workers up, then serve the page until somebody presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import say
from simulation.errors import InputError, RunError
from simulation.options import number, whole

if TYPE_CHECKING:
    from simulation.dashboard.shop import Shop
    from simulation.plan import Plan

PORT = 8765
_MOST_WORKERS = 4
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def dashboard(
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Address to listen at; by default only this computer.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(parser=whole, metavar="N", help="Port to listen at; 0 takes a free one.")] = PORT,
    scale: Annotated[
        float | None, typer.Option(parser=number, metavar="X", help="Share of the city to run: 0.1 is a tenth.")
    ] = None,
    months: Annotated[int | None, typer.Option(parser=whole, metavar="N", help="Months of every run.")] = None,
    replicates: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Replicates of every answer, for its interval.")
    ] = 10,
    workers: Annotated[
        int | None,
        typer.Option(
            parser=whole, metavar="N", help="Processes for the whole city.", show_default="one a core, at most 4"
        ),
    ] = None,
    results: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of batch results, to open them on the page.")
    ] = None,
) -> None:
    """Serve the planner's page in the browser, in Indonesian and English."""
    _check(port, replicates, workers)
    if results is not None and not results.is_dir():
        raise InputError(f"--results is '{results}', but there is no such folder; name one that holds batches.")
    _check_installed()
    from simulation.scenario import load_scenario

    plan = load_scenario("baseline", scale=scale, months=months)
    plan = plan.override({"population.seed": plan.city_seed})
    with closing(_listen(host, port)) as listener:
        _serve(plan, replicates, workers or min(os.cpu_count() or 1, _MOST_WORKERS), listener, host, results)


def _serve(plan: Plan, replicates: int, workers: int, listener: socket.socket, host: str, results: Path | None) -> None:
    from simulation.dashboard.desk import Desk
    from simulation.dashboard.shelf import Shelf
    from simulation.dashboard.shop import QUICK_SCALE, Shop, open_shop

    if host not in _LOOPBACK:
        say(f"Note: the page listens at {host}, so others on the network can open it; there is no password.")
    say("Preparing the city; the first time this takes a few minutes ...")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    desk = Desk(plan, workers=workers, quick_scale=min(QUICK_SCALE, plan.scale))
    try:
        desk.open()
        shop = Shop(plan, desk, replicates, Shelf(results))
        open_shop(shop)
        _run(shop, listener, host)
    except KeyboardInterrupt:
        pass
    finally:
        desk.close()
    say("The page is closed.")


def _run(shop: Shop, listener: socket.socket, host: str) -> None:
    """Serve until interrupted."""
    from simulation.dashboard.serve import make_app

    app = make_app(_LOOPBACK if host in _LOOPBACK else ())
    import uvicorn

    port = listener.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", *_LOOPBACK) else host
    shop.warm_up()
    print(f"Salur is at http://{shown}:{port}/ (Ctrl-C ends it)", flush=True)
    config = uvicorn.Config(app, log_level="error", access_log=False, loop="asyncio", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow begins, so that a port in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if isinstance(error, socket.gaierror):
            raise InputError(f"--host is '{host}', but that is no address of this computer.") from None
        raise InputError(
            f"{host}:{port} cannot be used ({error.strerror or error}); choose another with --port, 0 takes a free one."
        ) from None
    return listener


def _check(port: int, replicates: int, workers: int | None) -> None:
    for name, value, low, high in (
        ("port", port, 0, 65535),
        ("replicates", replicates, 1, 50),
        ("workers", workers, 1, 64),
    ):
        if value is not None and not low <= value <= high:
            raise InputError(f"--{name} is {value}, but it must be a whole number from {low} to {high}.")


def _check_installed() -> None:
    """Say what is missing where Salur was installed without its page."""
    from importlib.util import find_spec

    missing = [name for name in ("solara", "ipyvuetify", "openpyxl") if find_spec(name) is None]
    if missing:
        raise RunError(f"the page needs {', '.join(missing)}; install them with: pip install 'salur[dashboard]'.")
