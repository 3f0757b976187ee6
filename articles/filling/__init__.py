"""A believable archive of any size: invented stories, as the verbs would have left them, put into the tables by COPY.

`loading.fill` is the way in. `words` and `prose` invent what is written, `days` says when, `cast` who and where,
`rows` what each table gets of a story, `vectors` what search has of it, `copying` puts it in and `indexes` keeps the
indexes out of the way meanwhile. The same seed makes the same archive.
"""
