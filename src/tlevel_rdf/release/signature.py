"""Signatures of a release's checksums, in the format of OpenSSH (ssh-keygen, PROTOCOL.sshsig).

`SHA256SUMS` has the checksum of every other file, so its signature covers the whole release. Readers check it with
`ssh-keygen -Y verify`, or with `tlevel-rdf verify --key`.
"""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import OutputError, UnreadableInputError
from tlevel_rdf.limits import SIGNING_SECONDS
from tlevel_rdf.release.release import SIGNATURE, SUMS

if TYPE_CHECKING:
    from pathlib import Path

#: What the signature is for, so that nobody can use a signature of something else.
NAMESPACE: Final = "tlevel-rdf-release"
#: The name of the signer in the list of allowed signers.
_SIGNER: Final = "publisher"
_HINT: Final = "make a key with: ssh-keygen -t ed25519 -f release-key"


def sign(folder: Path, key: Path) -> None:
    """Write the signature of the checksums of a release.

    Args:
        folder: the release, with its checksums.
        key: a private key without a passphrase, or a public key of which the SSH agent has the private one.

    Raises:
        OutputError: ssh-keygen is not installed, or cannot use the key.
    """
    sums = (folder / SUMS).read_bytes()
    done = _run("-Y", "sign", "-f", str(key), "-n", NAMESPACE, data=sums)
    if done.returncode or not done.stdout:
        reason = "".join(done.stderr.decode(errors="replace").strip().splitlines()[-1:])
        raise OutputError(f"ssh-keygen cannot sign with {key}: {reason}", hint=_HINT)
    (folder / SIGNATURE).write_bytes(done.stdout)


def is_signed_by(folder: Path, key: Path) -> bool:
    """Return True if the checksums of a release have a valid signature of a key.

    Args:
        folder: the release.
        key: the public key of the publisher.

    Raises:
        UnreadableInputError: the key cannot be read.
        OutputError: ssh-keygen is not installed.
    """
    try:
        lines = key.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{key} cannot be read: {error}", hint=_HINT) from error
    keys = [line for line in lines if line.strip() and not line.startswith("#")]
    if not keys or not all(line.startswith(("ssh-", "ecdsa-", "sk-")) for line in keys):
        raise UnreadableInputError(f"{key} is not a public key of OpenSSH", hint="give the file that ends in .pub")
    if not (folder / SIGNATURE).is_file():
        return False
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="tlevel-rdf-") as allowed:
        allowed.writelines(f"{_SIGNER} {line}\n" for line in keys)
        allowed.flush()
        checked = _run(
            *("-Y", "verify", "-f", allowed.name, "-I", _SIGNER, "-n", NAMESPACE, "-s", str(folder / SIGNATURE)),
            data=(folder / SUMS).read_bytes(),
        )
    return checked.returncode == 0


def _run(*arguments: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - the arguments are paths that the publisher gives
            ["ssh-keygen", *arguments],  # noqa: S607 - found as the shell finds it
            input=data,
            capture_output=True,
            check=False,
            timeout=SIGNING_SECONDS,
        )
    except FileNotFoundError as error:
        raise OutputError("ssh-keygen is not installed", hint="apt-get install openssh-client") from error
    except subprocess.TimeoutExpired as error:
        raise OutputError(
            "ssh-keygen gave no answer", hint="use a key without a passphrase, or the SSH agent"
        ) from error
