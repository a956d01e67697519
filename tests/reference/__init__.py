"""The month told once more, slowly: a Mesa program with an object for every family, written apart from the fast one."""
