"""The map of imports is whole: every module of newsroom/ stands on one of its two floors, once."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


def test_every_module_of_newsroom_has_its_place_in_the_layers() -> None:
    configuration = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    [contract] = configuration["tool"]["importlinter"]["contracts"]
    placed = [name.strip() for layer in contract["layers"] for name in layer.split(":") if "newsroom." in name]
    packages = [path.parent for path in PROJECT.glob("newsroom/*/__init__.py")]
    modules = [path for path in PROJECT.glob("newsroom/*.py") if path.stem != "__init__"]
    assert sorted(placed) == sorted(f"newsroom.{path.stem}" for path in (*packages, *modules))
