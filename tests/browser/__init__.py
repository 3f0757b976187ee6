"""What a person does, in a real browser."""

# Milliseconds until what a page ought to show counts as missing: two signs of life of a form (15 s each), so that one
# which a busy machine let pass is made good by the next.
PATIENCE = 35_000
