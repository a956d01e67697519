"""``salur dashboard``: what is wrong is said in one sentence before anything slow begins; the frame is safe."""

import socket

import pytest

from simulation.cli import main
from simulation.dashboard import command, serve
from simulation.dashboard.command import _listen

BAD_CALLS = {
    "port too large": (["--port", "70000"], "--port is 70000, but it must be a whole number from 0 to 65535."),
    "port no number": (["--port", "web"], "'web' is not a whole number."),
    "no replicates": (["--replicates", "0"], "--replicates is 0, but it must be a whole number from 1 to 50."),
    "no workers": (["--workers", "0"], "--workers is 0"),
    "scale": (["--scale", "99"], "scale is 99, but it must be a number from 0.005 to 10"),
    "months": (["--months", "0"], "months is 0"),
    "host": (["--host", "nowhere.invalid"], "--host is 'nowhere.invalid', but that is no address of this computer."),
    "unknown option": (["--prot", "1"], "No such option: --prot; did you mean '--port'?"),
}


@pytest.fixture
def nothing_served(monkeypatch):
    monkeypatch.setattr(command, "_serve", lambda *_: pytest.fail("something was served"))


@pytest.mark.parametrize(("arguments", "sentence"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_gets_one_sentence_and_code_2(capsys, nothing_served, arguments, sentence):
    assert main(["dashboard", *arguments]) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert (out, err.count("\n")) == ("", 1)


def test_a_port_in_use_is_said_at_once(capsys, nothing_served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["dashboard", "--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be used (Address already in use); choose another with --port" in capsys.readouterr().err


def test_it_listens_on_this_computer_alone(monkeypatch):
    seen = {}
    monkeypatch.setattr(command, "_serve", lambda *given: seen.update(address=given[3].getsockname(), host=given[4]))
    assert main(["dashboard", "--port", "0"]) == 0
    assert seen["address"][0] == seen["host"] == "127.0.0.1"


def test_a_missing_package_is_named(capsys, monkeypatch, nothing_served):
    from importlib import util

    monkeypatch.setattr(util, "find_spec", lambda name: None if name == "solara" else object())
    assert main(["dashboard"]) == 1
    assert "the page needs solara; install them with: pip install 'salur[dashboard]'." in capsys.readouterr().err


def test_ports_are_free_again():
    listener = _listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    listener.close()
    _listen("127.0.0.1", port).close()


def test_solara_is_set_to_ask_nobody():
    assert serve.SETTINGS["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "false"
    assert serve.SETTINGS["SOLARA_ASSETS_CDN"].startswith("http://127.0.0.1")
    for part in serve.POLICY.split("; "):
        assert not [source for source in part.split()[1:] if "//" in source or source == "*"], part


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_address_that_does_not_exist_is_explained(language):
    page = serve.missing_page(language)
    assert serve.MISSING.of(language) in page
    assert f'<html lang="{language}">' in page
