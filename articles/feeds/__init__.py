"""Feeds with full text, in three formats: of everything, and of each section, author and tag.

- `formats` is the one list of formats, and of where each is found.
- `entries` makes entries of live stories: at most three queries, whatever the format.
- `answering.feed_of` is a feed of any stories as a response; whoever has a list of stories may call it.
- `views` are the feeds that have addresses.

An entry's id is made of what never changes, not of its address. “updated” is what the newsroom said: it moves with
a substantive change or a correction and with nothing else. Readers of feeds ask again by ETag; there is no
Last-Modified, since a withdrawal takes the newest date back.
"""
