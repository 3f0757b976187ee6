"""Django's PostgreSQL engine on the embedded server: the same engine, which starts the server when it first connects."""
