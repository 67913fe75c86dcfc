"""Signatures of releases, with the real ssh-keygen."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import OutputError, UnreadableInputError
from tlevel_rdf.release.release import SIGNATURE, SUMS
from tlevel_rdf.release.signature import NAMESPACE, is_signed_by, sign
from tlevel_rdf.release.verify import verify_release

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def make_key(path: Path, passphrase: str = "") -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "a publisher", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("keys") / "key")


@pytest.fixture
def signed(key: Path, tmp_path: Path) -> Path:
    (tmp_path / SUMS).write_text("0  a.nq\n", encoding="utf-8")
    sign(tmp_path, key)
    return tmp_path


def test_a_signature_is_that_of_the_key_over_the_checksums(signed: Path, key: Path) -> None:
    other = make_key(signed / "other")
    assert is_signed_by(signed, key.with_suffix(".pub"))
    assert not is_signed_by(signed, other.with_suffix(".pub"))
    (signed / SUMS).write_text("1  a.nq\n", encoding="utf-8")
    assert not is_signed_by(signed, key.with_suffix(".pub"))


@pytest.mark.parametrize("damage", [b"", b"-----BEGIN SSH SIGNATURE-----\n", b"\x00\xff"])
def test_a_damaged_or_missing_signature_is_none(damage: bytes, signed: Path, key: Path) -> None:
    (signed / SIGNATURE).write_bytes(damage)
    assert not is_signed_by(signed, key.with_suffix(".pub"))
    (signed / SIGNATURE).unlink()
    assert not is_signed_by(signed, key.with_suffix(".pub"))


def test_a_signature_for_something_else_is_none(signed: Path, key: Path) -> None:
    (signed / SIGNATURE).unlink()
    command = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", "file", str(signed / SUMS)]
    subprocess.run(command, check=True, capture_output=True)
    assert (signed / SIGNATURE).exists()
    assert not is_signed_by(signed, key.with_suffix(".pub"))


def test_readers_check_it_with_ssh_keygen(signed: Path, key: Path) -> None:
    allowed = signed / "allowed"
    allowed.write_text(f"publisher {key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "publisher"]
    command += ["-n", NAMESPACE, "-s", str(signed / SIGNATURE)]
    with (signed / SUMS).open("rb") as sums:
        assert subprocess.run(command, stdin=sums, check=False, capture_output=True).returncode == 0


def test_a_key_that_cannot_be_used_is_a_clear_error(tmp_path: Path, key: Path) -> None:
    (tmp_path / SUMS).write_text("0  a.nq\n", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot sign with"):
        sign(tmp_path, tmp_path / "none")
    with pytest.raises(OutputError, match="cannot sign with"):
        sign(tmp_path, make_key(tmp_path / "locked", "a passphrase"))
    with pytest.raises(UnreadableInputError, match="cannot be read"):
        is_signed_by(tmp_path, tmp_path / "none.pub")
    with pytest.raises(UnreadableInputError, match="not a public key"):
        is_signed_by(tmp_path, key)


def test_verify_reports_a_release_without_the_signature(small_release: Release, key: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small_release.folder, tmp_path / "release")
    messages = {one.code: one.message for one in verify_release(folder, key.with_suffix(".pub"))}
    assert messages[Code.SIGNATURE] == "the release is not signed: SHA256SUMS.sig is missing"
    (folder / "SHA256SUMS.sig").write_bytes(b"-----BEGIN SSH SIGNATURE-----")
    messages = {one.code: one.message for one in verify_release(folder, key.with_suffix(".pub"))}
    assert messages[Code.SIGNATURE].startswith("SHA256SUMS has no valid signature of the key ")
    (folder / "SHA256SUMS.sig").unlink()
    sign(folder, key)
    assert not {finding.code for finding in verify_release(folder, key.with_suffix(".pub"))} & {*Code}
