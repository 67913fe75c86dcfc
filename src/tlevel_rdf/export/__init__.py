"""The site as files, for a host without this server."""
