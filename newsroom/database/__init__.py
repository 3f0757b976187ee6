"""Django's PostgreSQL engine on the embedded server, which it starts when it first connects."""
