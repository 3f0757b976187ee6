"""The newsroom: its composition (settings, addresses, commands) and the tools that know no app."""

import django_stubs_ext

# Lets Django's generic classes be written with their model (ModelForm[Article]) at run time as for the type checker.
django_stubs_ext.monkeypatch()
