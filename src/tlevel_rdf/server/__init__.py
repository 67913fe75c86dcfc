"""The server: processes, sockets and queues around the pure functions of `web`."""
