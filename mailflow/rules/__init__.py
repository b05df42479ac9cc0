"""Documents and facts in, decisions out; pure."""
