"""The demo newsroom: invented sections, authors, stories and pictures, loaded into an empty database only."""
