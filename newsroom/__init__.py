"""The newsroom: its composition (settings, addresses, commands) and the tools that know no app."""
