"""The nouns of the desk and their arithmetic; standard library only."""
