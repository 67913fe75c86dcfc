"""The sites that the server's tests serve are those of the tests of `web`."""

from tests.web.conftest import client, numbered, site

__all__ = ["client", "numbered", "site"]
