"""Stories: the newsroom's working copies, their revisions, and the editions that readers see."""
