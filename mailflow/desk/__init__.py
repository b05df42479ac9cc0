"""The systems of the desk: each turns documents or due dates and facts into effects."""
