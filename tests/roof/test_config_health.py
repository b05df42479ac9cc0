"""Where the daemon tells how it is: what cannot be meant is refused with the way to write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.config import Config, ConfigError, load


def written(folder: Path, health: str) -> Config:
    (folder / "config.yaml").write_text(f"{CONFIG}\nhealth: {health}\n", encoding="utf-8")
    return load(folder / "config.yaml")


def test_without_a_word_there_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    health = written(tmp_path, "{}").health
    assert (health.file, health.place, health.alarm) == (Path("health.json"), None, None)


@pytest.mark.parametrize(
    ("listen", "place"),
    [
        ("127.0.0.1:9280", ("127.0.0.1", 9280)),
        ("'[::1]:80'", ("::1", 80)),
        ("0.0.0.0:1", ("0.0.0.0", 1)),
    ],
)
def test_a_place_to_listen_at(tmp_path: Path, listen: str, place: tuple[str, int]) -> None:
    assert written(tmp_path, f"{{listen: {listen}}}").health.place == place


@pytest.mark.parametrize("listen", ["'9280'", "localhost:9280", "'127.0.0.1:'", "127.0.0.1:99999"])
def test_what_is_no_place_is_refused_with_the_way_to_write_it(tmp_path: Path, listen: str) -> None:
    with pytest.raises(ConfigError, match=r"write ADDRESS:PORT, such as 127\.0\.0\.1:9280"):
        written(tmp_path, f"{{listen: {listen}}}")


def test_the_address_of_a_robot_does_not_stand_in_clear(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a secret may not stand here in clear"):
        written(tmp_path, "{alarm: {webhook: 'https://robot.example/key'}}")


@pytest.mark.parametrize(
    "url", ["http://robot.example/key", "file:///etc/passwd", "robot", "https:///x"]
)
def test_a_robot_is_told_over_https_only(tmp_path: Path, url: str) -> None:
    (tmp_path / "secret").write_text(url, encoding="utf-8")
    config = written(tmp_path, "{alarm: {webhook: {file: secret}}}")
    assert [text for text in config.secrets_missing() if "must begin with https://" in text]
