"""Whose process the embedded server is: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Bits of CapEff in /proc/<pid>/status (capabilities(7)) with which a process may pass through folders private to root.
CAPABILITIES = (("dac_read_search", 1 << 2), ("dac_override", 1 << 1))


@dataclass(frozen=True)
class Account:
    """The account of the server, and what starts a command under it."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    popen_arguments: Mapping[str, Any] = field(default_factory=dict)


def server_account(*, folder: Path, program: Path) -> Account:
    """Return the account that runs `program` on `folder`: the present one, or "nobody" for root.

    Where one of them lies in a folder private to root (a checkout in /root), the rights on that folder stay as they
    are; the server gets the one capability to pass through it. Raises PermissionError with a sentence where it cannot.
    """
    if os.geteuid() != 0:
        return Account(os.getuid(), os.getgid())
    nobody = pwd.getpwnam("nobody")
    if _may_enter(folder) and _may_enter(program.parent) and program.stat().st_mode & 0o005 == 0o005:
        arguments = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return Account(nobody.pw_uid, nobody.pw_gid, popen_arguments=arguments)
    return Account(nobody.pw_uid, nobody.pw_gid, prefix=_pass_through(nobody.pw_uid, nobody.pw_gid))


def _may_enter(folder: Path) -> bool:
    """Whether everybody may pass through `folder` and all those above it."""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def _pass_through(uid: int, gid: int) -> tuple[str, ...]:
    setpriv, capability = shutil.which("setpriv"), _capability()
    if setpriv is None or capability is None:
        raise PermissionError("root may not run PostgreSQL, and no other account can enter this folder")
    dropped = (f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs")
    return (setpriv, *dropped, f"--inh-caps=-all,+{capability}", f"--ambient-caps=-all,+{capability}", "--")


def _capability() -> str | None:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    held = next((int(line.split()[1], 16) for line in lines if line.startswith("CapEff:")), 0)
    return next((name for name, bit in CAPABILITIES if held & bit), None)
