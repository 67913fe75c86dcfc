"""HTTP/1.1 connections and the ASGI application."""
