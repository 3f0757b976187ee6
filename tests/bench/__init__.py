"""Speed, measured: `make bench`. No test fails here for being slow; the tables are for people."""
