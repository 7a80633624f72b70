"""`shulian tickets`: the keys that sign codes."""

from pathlib import Path

from click.testing import CliRunner

from shulian.cli.ticket_keys import ticket_keys_of
from shulian.cli.tickets import command


def test_a_new_key_signs_from_then_on(tmp_path: Path) -> None:
    before = ticket_keys_of(tmp_path)

    told = {"SHULIAN_DATA": str(tmp_path), "LANG": "C.UTF-8"}
    answer = CliRunner().invoke(command, ["new-key"], env=told)

    after = ticket_keys_of(tmp_path)
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("Key 2 is added")
    assert (before.newest, after.newest) == (1, 2)
