"""The claims of the paper, one function each from tables to a verdict (entry: `registry`)."""
