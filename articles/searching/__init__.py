"""Search: what somebody typed becomes a question, the question finds stories, and each story says where it fits.

`questions` reads the query language, `finding` says what it finds and `candidates` asks PostgreSQL for it, `extracts`
marks words in texts, `spelling` and `suggesting` help who is still typing. All of it sees editions through the gate
alone.
"""
