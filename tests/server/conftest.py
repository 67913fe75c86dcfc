"""Fixtures of the server tests: the sites of the web tests."""

from tests.web.conftest import client, numbered_site, site

__all__ = ["client", "numbered_site", "site"]
